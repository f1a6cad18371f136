package tns

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5" //nolint:gosec // the 11g verifier is made of these
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha1" //nolint:gosec
	"crypto/sha512"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
)

// The kinds of password verifiers, as AUTH_VFR_DATA numbers them.
const (
	verifier11g = 6949
	verifier12c = 18453
)

const (
	vgenCount = 4096
	sderCount = 3
)

// challenge is the server's side of one login (O5LOGON): it proves that both know the password, which itself travels
// encrypted with a key that both sides' session keys go into.
type challenge struct {
	kind    int
	salt    []byte
	cskSalt []byte // 12c
	key     []byte // from password and salt
	server  []byte // the server's session key
	combo   []byte // after open
}

func newChallenge(kind int, password string) (*challenge, error) {
	c := &challenge{kind: kind}
	switch kind {
	case verifier11g:
		c.salt = random(10)
		sum := sha1.Sum(append([]byte(password), c.salt...)) //nolint:gosec
		c.key = append(sum[:], 0, 0, 0, 0)
		c.server = random(48)
	case verifier12c:
		c.salt = random(16)
		c.cskSalt = random(16)
		speedy, err := pbkdf2.Key(sha512.New, password, append(c.salt[:len(c.salt):len(c.salt)], "AUTH_PBKDF2_SPEEDY_KEY"...), vgenCount, 64)
		if err != nil {
			return nil, err
		}
		sum := sha512.Sum512(append(speedy, c.salt...))
		c.key = sum[:32]
		c.server = random(32)
	default:
		return nil, fmt.Errorf("no verifier of kind %d", kind)
	}
	return c, nil
}

func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails
	return b
}

// pairs are what the client is told.
func (c *challenge) pairs() []pair {
	out := []pair{
		{"AUTH_SESSKEY", upperHex(encryptCBC(c.key, c.server)), 0},
		{"AUTH_VFR_DATA", upperHex(c.salt), c.kind},
	}
	if c.kind == verifier12c {
		out = append(out,
			pair{"AUTH_PBKDF2_CSK_SALT", upperHex(c.cskSalt), 0},
			pair{"AUTH_PBKDF2_VGEN_COUNT", fmt.Sprint(vgenCount), 0},
			pair{"AUTH_PBKDF2_SDER_COUNT", fmt.Sprint(sderCount), 0})
	}
	return out
}

type pair struct {
	key, value string
	flag       int
}

var errPassword = errors.New("wrong password")

// open takes the client's answer and gives the password that is in it. Whatever is wrong with it is a wrong password.
func (c *challenge) open(sessKey, password string) (string, error) {
	key, err := hex.DecodeString(sessKey)
	if err != nil || len(key) < len(c.server) || len(key)%aes.BlockSize != 0 {
		return "", errPassword
	}
	client := decryptCBC(c.key, key)[:len(c.server)]
	switch c.kind {
	case verifier11g:
		x := make([]byte, 24)
		for i := range x {
			x[i] = client[16+i] ^ c.server[16+i]
		}
		a, b := md5.Sum(x[:16]), md5.Sum(x[16:]) //nolint:gosec
		c.combo = append(a[:], b[:]...)[:24]
	case verifier12c:
		text := upperHex(append(client[:32:32], c.server[:32]...))
		if c.combo, err = pbkdf2.Key(sha512.New, text, c.cskSalt, sderCount, 32); err != nil {
			return "", err
		}
	}
	secret, err := hex.DecodeString(password)
	if err != nil || len(secret) < 2*aes.BlockSize || len(secret)%aes.BlockSize != 0 {
		return "", errPassword
	}
	plain := decryptCBC(c.combo, secret)[aes.BlockSize:] // behind 16 random bytes
	padding := int(plain[len(plain)-1])
	if padding == 0 || padding > aes.BlockSize || padding > len(plain) {
		return "", errPassword
	}
	for _, b := range plain[len(plain)-padding:] {
		if int(b) != padding {
			return "", errPassword
		}
	}
	return string(plain[:len(plain)-padding]), nil
}

// proof tells the client that the server knew the password too.
func (c *challenge) proof() string {
	plain := append(random(aes.BlockSize), "SERVER_TO_CLIENT"...)
	plain = append(plain, strings.Repeat("\x10", aes.BlockSize)...)
	return upperHex(encryptCBC(c.combo, plain))
}

func samePassword(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

func upperHex(b []byte) string { return strings.ToUpper(hex.EncodeToString(b)) }

func encryptCBC(key, plain []byte) []byte {
	block, err := aes.NewCipher(key)
	if err != nil {
		panic(err) // keys have the lengths above
	}
	out := make([]byte, len(plain))
	cipher.NewCBCEncrypter(block, make([]byte, aes.BlockSize)).CryptBlocks(out, plain)
	return out
}

func decryptCBC(key, secret []byte) []byte {
	block, err := aes.NewCipher(key)
	if err != nil {
		panic(err)
	}
	out := make([]byte, len(secret))
	cipher.NewCBCDecrypter(block, make([]byte, aes.BlockSize)).CryptBlocks(out, secret)
	return out
}
