// Package mask takes what belongs to the customer out of a bundle's content: literals and comments in SQL, source and
// definitions, free text and sampled values, and on request names.
//
// Input -> output: a bundle.Content and a key in, a masked Content out. The key is 32 random bytes that stay with the
// owner; the same text becomes the same text under the same key, so equal literals stay equal, in this bundle and in the
// next. A character is replaced by one of its sort: capital by capital, digit by digit, hanzi by hanzi; punctuation and length
// stay, and different texts stay different. It is no encryption that stands against somebody who may choose texts to be masked.
//
// What stays: empty literals, ASCII literals of one character, format models, NLS settings, attributes of USERENV, intervals,
// numbers of up to three digits, sizes of types and of storage, error numbers of RAISE_APPLICATION_ERROR, hints. Dates stay dates. SQL
// inside a literal is masked as SQL. The body of wrapped code is left out, since it can be unwrapped.
//
// With names masked, a name is kept when Oracle's language or its supplied packages use the word too: such a name says little,
// and it must mean the same in code and dictionary. The mapping of the others is in Masker.Names and belongs in no bundle.
//
// A masked statement has the tokens of the original, one for one; if it had not, that is an error. A Masker is used by one goroutine.
package mask
