package tns

import (
	"fmt"

	"landfall/internal/orasim/value/charset"
)

// chooseCharset looks up both sides' sets once the client has said its own.
func (c *connection) chooseCharset() error {
	db, ok := charset.Of(c.info.Charset)
	if !ok {
		return fmt.Errorf("the database's character set %d is not known", c.info.Charset)
	}
	client, ok := charset.Of(c.dialect.charset)
	if !ok {
		return fmt.Errorf("%w: the client's character set %d is not known", errMalformed, c.dialect.charset)
	}
	c.dbSet, c.clientSet = db, client
	return nil
}

// sqlText gives a statement, which the client says in its own set, as the seam wants it: as a server does, by way of the
// database's set, in which literals lose what it does not have.
func (c *connection) sqlText(sql []byte) string {
	return string(c.dbSet.Hold(charset.Convert(sql, c.clientSet, c.dbSet)))
}
