package ast

import "landfall/internal/oracle/syntax/token"

// CreateSequence is CREATE SEQUENCE; AlterSequence has the same options.
type CreateSequence struct {
	Span
	Replace     bool
	IfNotExists bool
	Name        *Name
	Options     []*SeqOption
}

// SeqOption is one option of a sequence or identity column. Kind is its keyword: INCREMENT, START, RESTART,
// MAXVALUE, NOMAXVALUE, MINVALUE, NOMINVALUE, CYCLE, NOCYCLE, CACHE, NOCACHE, ORDER, NOORDER, KEEP, NOKEEP,
// SCALE, NOSCALE, SHARD, NOSHARD, SESSION, GLOBAL, SHARING, LIMIT (START WITH LIMIT VALUE). Value is its
// number. Mode is EXTEND or NOEXTEND of SCALE and SHARD.
type SeqOption struct {
	Span
	Kind  token.Keyword
	Value Expr
	Mode  token.Keyword
}

// CreateSynonym is CREATE [PUBLIC] SYNONYM name FOR target.
type CreateSynonym struct {
	Span
	Replace     bool
	Public      bool
	Editionable token.Keyword
	IfNotExists bool
	Name        *Name
	Sharing     *Clause
	Target      *Name
}

// CreateDBLink is CREATE [SHARED] [PUBLIC] DATABASE LINK. Passwords are words like any other: whoever prints
// a statement for people must mask Password and AuthPassword.
type CreateDBLink struct {
	Span
	Shared       bool
	Public       bool
	IfNotExists  bool
	Name         *Name
	CurrentUser  bool // CONNECT TO CURRENT_USER
	User         *Name
	Password     *Clause // the one token of IDENTIFIED BY
	AuthUser     *Name   // AUTHENTICATED BY
	AuthPassword *Clause
	Credential   *Name
	Using        Expr // connect string
}

// CreateUser is CREATE USER or ALTER USER.
type CreateUser struct {
	Span
	Alter       bool
	IfExists    bool // IF EXISTS or IF NOT EXISTS
	Names       []*Name
	Auth        token.Keyword // BY, EXTERNALLY, GLOBALLY, NO (AUTHENTICATION) or 0
	Password    *Clause       // text behind IDENTIFIED BY [VALUES]
	Tablespace  *Name
	Temporary   *Name
	Profile     *Name
	Quotas      []*Quota
	DefaultRole *Clause
	Account     token.Keyword // LOCK, UNLOCK or 0
	Expire      bool          // PASSWORD EXPIRE
	Options     []*Clause
}

// Quota is QUOTA {size | UNLIMITED} ON tablespace.
type Quota struct {
	Span
	Unlimited  bool
	Size       *Clause
	Tablespace *Name
}

// CreateRole is CREATE ROLE or ALTER ROLE.
type CreateRole struct {
	Span
	Alter       bool
	IfNotExists bool
	Name        *Name
	Auth        token.Keyword // BY, USING, EXTERNALLY, GLOBALLY, NOT (IDENTIFIED) or 0
	Options     *Clause
}

// CreateDirectory is CREATE DIRECTORY name AS 'path'.
type CreateDirectory struct {
	Span
	Replace     bool
	IfNotExists bool
	Name        *Name
	Path        Expr
}

// CreateContext is CREATE CONTEXT namespace USING package.
type CreateContext struct {
	Span
	Replace     bool
	IfNotExists bool
	Name        *Name
	Package     *Name
	Mode        token.Keyword // EXTERNALLY, GLOBALLY (INITIALIZED), ACCESSED (GLOBALLY) or 0
}

// CreateSchema is CREATE SCHEMA AUTHORIZATION name with its tables, views and grants.
type CreateSchema struct {
	Span
	Name  *Name
	Stmts []Stmt
}

// Comment is COMMENT ON kind object IS 'text'.
type Comment struct {
	Span
	Kind   token.Keyword // TABLE, COLUMN, MATERIALIZED (VIEW), INDEXTYPE, OPERATOR, EDITION, MINING (MODEL) ...
	Object *Name
	Text   Expr
}

// Grant is GRANT or REVOKE.
type Grant struct {
	Span
	Revoke       bool
	Privileges   []*Privilege
	OnKind       token.Keyword // DIRECTORY, EDITION, JAVA, MINING, USER, SCHEMA, SQL, TYPE ... ; 0 for a plain object
	Objects      []*Name       // ON ...; several only for ON USER
	Grantees     []*Name       // users, roles, PUBLIC; of code-based grants the units
	GranteeUnits []token.Keyword
	Admin        bool    // WITH ADMIN OPTION
	GrantOption  bool    // WITH GRANT OPTION
	Hierarchy    bool    // WITH HIERARCHY OPTION
	Delegate     bool    // WITH DELEGATE OPTION
	Cascade      bool    // REVOKE ... CASCADE CONSTRAINTS
	Force        bool    // REVOKE ... FORCE
	Identified   *Clause // IDENTIFIED BY passwords
	Container    *Clause // CONTAINER = ALL | CURRENT
}

// Privilege is a system privilege, object privilege or role: its words are its tokens before Columns.
type Privilege struct {
	Span
	All     bool          // ALL [PRIVILEGES]
	First   token.Keyword // its first word, 0 when that is no keyword (a role)
	Name    *Name         // set when it is one name, so a role or a one-word privilege
	Columns []*Name
}

// Drop is DROP of any object.
type Drop struct {
	Span
	Kind     token.Keyword // TABLE, VIEW, MATERIALIZED, INDEX, DATABASE (LINK), TYPE, PACKAGE, USER ...
	Second   token.Keyword // second word of the kind: BODY, LINK, VIEW, LOG, ZONEMAP, PROFILE, GROUP ...
	Public   bool
	IfExists bool
	Name     *Name
	Cascade  bool // CASCADE [CONSTRAINTS]
	Purge    bool
	Force    bool
	Options  []*Clause
}

// Truncate is TRUNCATE TABLE or CLUSTER.
type Truncate struct {
	Span
	Cluster bool
	Name    *Name
	Options []*Clause
}

// Rename is RENAME old TO new.
type Rename struct {
	Span
	From, To *Name
}

func (*CreateSequence) stmtNode()  {}
func (*CreateSynonym) stmtNode()   {}
func (*CreateDBLink) stmtNode()    {}
func (*CreateUser) stmtNode()      {}
func (*CreateRole) stmtNode()      {}
func (*CreateDirectory) stmtNode() {}
func (*CreateContext) stmtNode()   {}
func (*CreateSchema) stmtNode()    {}
func (*Comment) stmtNode()         {}
func (*Grant) stmtNode()           {}
func (*Drop) stmtNode()            {}
func (*Truncate) stmtNode()        {}
func (*Rename) stmtNode()          {}
