package resolve

var refKindNames = [...]string{
	Unknown: "unknown", Column: "column", Table: "table", Query: "query", Variable: "variable", Parameter: "parameter", Cursor: "cursor",
	Exception: "exception", TypeName: "type", Routine: "routine", Package: "package", Sequence: "sequence", Pseudo: "pseudo",
	Builtin: "builtin", PseudoRecord: "pseudo-record", Host: "host", Label: "label", Schema: "schema", Remote: "remote", Word: "word",
}

func (k RefKind) String() string { return refKindNames[k] }

var typeClassNames = [...]string{
	ClassUnknown: "unknown", ClassNumber: "number", ClassInteger: "integer", ClassBinary: "binary", ClassText: "text", ClassChar: "char",
	ClassDate: "date", ClassTimestamp: "timestamp", ClassInterval: "interval", ClassRaw: "raw", ClassLOB: "lob", ClassBoolean: "boolean",
	ClassRowid: "rowid", ClassXML: "xml", ClassJSON: "json", ClassObject: "object", ClassCollection: "collection", ClassRecord: "record",
	ClassCursor: "cursor", ClassNull: "null", ClassAny: "any",
}

func (c TypeClass) String() string { return typeClassNames[c] }
