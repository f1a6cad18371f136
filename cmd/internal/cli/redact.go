package cli

import (
	"net/url"
	"regexp"
)

var passwordSetting = regexp.MustCompile(`(?i)(password\s*=\s*)('(?:[^'\\]|\\.)*'|[^\s&]+)`)

var userInfo = regexp.MustCompile(`(://[^/@:]*):[^@/]*@`)

// redactURL is a connection string as it may be shown: without its password, however badly it is formed.
func redactURL(s string) string {
	if u, err := url.Parse(s); err == nil && u.User != nil {
		if _, has := u.User.Password(); has {
			u.User = url.User(u.User.Username())
			s = u.String()
		}
	}
	s = userInfo.ReplaceAllString(s, "$1@")
	return passwordSetting.ReplaceAllString(s, "${1}***")
}
