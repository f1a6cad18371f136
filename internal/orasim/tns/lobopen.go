package tns

import "landfall/internal/orasim/session"

// openLOB notes that a client has opened a LOB. Nothing is cached here that would have to be opened, but a LOB that is open already says so
// (SecureFiles and Large Objects Guide, "LOB Open and Close Operations"). What is open is known by its locator: a second locator of the
// same LOB knows nothing of it. Of files, opening twice is no error.
func (c *connection) openLOB(locator []byte, strict bool) error {
	if strict && c.openLOBs[string(locator)] {
		return &session.Error{Code: 22293, Text: "LOB already opened in the same transaction"}
	}
	if c.openLOBs == nil {
		c.openLOBs = map[string]bool{}
	}
	c.openLOBs[string(locator)] = true
	return nil
}

func (c *connection) closeLOB(locator []byte, strict bool) error {
	if strict && !c.openLOBs[string(locator)] {
		return &session.Error{Code: 22289, Text: "cannot perform operation on an unopened file or LOB"}
	}
	delete(c.openLOBs, string(locator))
	return nil
}
