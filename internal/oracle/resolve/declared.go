package resolve

// declaredNames are the names of one scope. Most scopes have a handful, which are found sooner one by one than by a map; one that grows
// gets an index.
type declaredNames struct {
	list  []declaredName // in order of declaration, each once
	index map[string]*entry
}

type declaredName struct {
	name  string
	entry *entry
}

const fewNames = 8

// get gives what a name stands for, nil when it is not declared here.
func (d *declaredNames) get(name string) *entry {
	if d.index != nil {
		return d.index[name]
	}
	for i := range d.list {
		if d.list[i].name == name {
			return d.list[i].entry
		}
	}
	return nil
}

// put declares a name, in place of the same one before. room is where new lists are cut from.
func (d *declaredNames) put(room *block[declaredName], name string, e *entry) {
	if d.index != nil {
		d.index[name] = e
		return
	}
	for i := range d.list {
		if d.list[i].name == name {
			d.list[i].entry = e
			return
		}
	}
	if len(d.list) == fewNames {
		d.index = make(map[string]*entry, 4*fewNames)
		for _, x := range d.list {
			d.index[x.name] = x.entry
		}
		d.index[name] = e
		d.list = nil
		return
	}
	if d.list == nil {
		d.list = room.list(fewNames / 2)
	}
	d.list = append(d.list, declaredName{name, e})
}

// each calls do for everything that is declared, in no certain order.
func (d *declaredNames) each(do func(*entry)) {
	for _, x := range d.list {
		do(x.entry)
	}
	for _, e := range d.index {
		do(e)
	}
}
