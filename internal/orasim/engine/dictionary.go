package engine

// addDictionary enters the views of the dictionary.
func (db *Database) addDictionary() {}
