package gen

import "maps"

func init() {
	maps.Copy(builtins, map[string]builtin{
		"ROWNUM": rownumName, "LEVEL": levelName, "CONNECT_BY_ISLEAF": isLeaf, "CONNECT_BY_ISCYCLE": isCycle, "SYS_CONNECT_BY_PATH": connectByPath,
	})
}
