package cli

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/spf13/pflag"

	"landfall/internal/oracle/connect"
)

// sourcePasswordEnv is where the password of the source is looked for when no flag says otherwise.
const sourcePasswordEnv = "LANDFALL_SOURCE_PASSWORD"

// oracleLogin are the flags of commands that log in to an Oracle database as its reader.
type oracleLogin struct {
	passwordFile, passwordEnv, passwordCommand string
	walletPasswordFile, caFile, charset        string
	sysdba                                     bool
	connectTimeout, statementTimeout           time.Duration
}

func (o *oracleLogin) bind(fl *pflag.FlagSet) {
	fl.StringVar(&o.passwordFile, "source-password-file", "", "file whose first line is the password of an oracle:// source")
	fl.StringVar(&o.passwordEnv, "source-password-env", "", "environment variable that holds it (default "+sourcePasswordEnv+")")
	fl.StringVar(&o.passwordCommand, "source-password-command", "", "command that writes it as its first line: a secret store's client")
	fl.StringVar(&o.walletPasswordFile, "source-wallet-password-file", "", "file whose first line opens the wallet's ewallet.p12")
	fl.StringVar(&o.caFile, "source-ca", "", "certificates (PEM) that a TCPS source is trusted by, instead of a wallet's")
	fl.StringVar(&o.charset, "source-charset", "", "what the bytes of the source's text are, where its character set (US7ASCII, WE8ISO8859P1) is not what they are written in: ZHS16GBK, AL32UTF8")
	fl.BoolVar(&o.sysdba, "allow-sysdba", false, "let role=sysdba stand in the URL of the source; a reader does not need it")
	fl.DurationVar(&o.connectTimeout, "source-connect-timeout", 30*time.Second, "how long a login to the source may take")
	fl.DurationVar(&o.statementTimeout, "source-statement-timeout", 10*time.Minute, "how long the source may be silent in a statement; 0 is without end")
}

// open makes the source of a URL; nothing is connected yet. Sessions is the most at once.
func (o *oracleLogin) open(text string, sessions int, module string, io *IOStreams) (*connect.Source, error) {
	t, err := connect.ParseTarget(text)
	if err != nil {
		return nil, usageError("oracle://user@host:1521/service, or oracle://user@NAME of tnsnames.ora in TNS_ADMIN", "--source %s: %v", redactURL(text), err)
	}
	opt := connect.Options{
		TNSAdmin: io.Env("TNS_ADMIN"), AllowSYSDBA: o.sysdba, MaxSessions: sessions, ConnectTimeout: o.connectTimeout, StatementTimeout: o.statementTimeout,
		Program: "landfall", Module: module, TextCharset: o.charset,
	}
	if opt.Password, err = o.password(t, io); err != nil {
		return nil, err
	}
	if o.walletPasswordFile != "" {
		if opt.WalletPassword, err = firstLine("--source-wallet-password-file", o.walletPasswordFile); err != nil {
			return nil, err
		}
	}
	if o.caFile != "" {
		pem, err := os.ReadFile(o.caFile)
		if err != nil {
			return nil, usageError("", "--source-ca: %v", err)
		}
		pool := x509.NewCertPool()
		if !pool.AppendCertsFromPEM(pem) {
			return nil, usageError("a file with -----BEGIN CERTIFICATE-----", "--source-ca: %s holds no certificate", o.caFile)
		}
		opt.TLS = &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
	}
	src, err := connect.New(t, opt)
	if err != nil {
		return nil, usageError("", "--source %s: %v", t, err)
	}
	return src, nil
}

// password says where the password comes from. It is fetched once, at the first login, and kept.
func (o *oracleLogin) password(t connect.Target, io *IOStreams) (func(context.Context) (string, error), error) {
	given := 0
	for _, s := range []string{o.passwordFile, o.passwordEnv, o.passwordCommand} {
		if s != "" {
			given++
		}
	}
	env := o.passwordEnv
	if given == 0 && io.Env(sourcePasswordEnv) != "" {
		env = sourcePasswordEnv
	}
	switch {
	case given > 1:
		return nil, usageError("give one of --source-password-file, --source-password-env, --source-password-command", "the password of the source has several places")
	case o.passwordFile != "":
		if _, err := firstLine("--source-password-file", o.passwordFile); err != nil {
			return nil, err
		}
		return once(func(context.Context) (string, error) { return firstLine("--source-password-file", o.passwordFile) }), nil
	case o.passwordCommand != "":
		return once(o.runCommand), nil
	case env != "":
		if io.Env(env) == "" {
			return nil, usageError("", "the environment variable %s is not set", env)
		}
		return func(context.Context) (string, error) { return io.Env(env), nil }, nil
	case t.Wallet != "":
		return nil, nil // the wallet has it
	case io.Password != nil && io.InTTY:
		return once(func(context.Context) (string, error) { return io.Password("password of " + t.User + ": ") }), nil
	}
	return nil, usageError("--source-password-file FILE, --source-password-env NAME, --source-password-command COMMAND, or "+sourcePasswordEnv+" in the environment", "no password for %s", t)
}

// runCommand gives the first line that the command writes.
func (o *oracleLogin) runCommand(ctx context.Context) (string, error) {
	shell, flag := "sh", "-c"
	if runtime.GOOS == "windows" {
		shell, flag = "cmd", "/C"
	}
	out, err := exec.CommandContext(ctx, shell, flag, o.passwordCommand).Output()
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		return "", fmt.Errorf("--source-password-command: %w: %s", err, strings.TrimSpace(string(failed.Stderr)))
	}
	if err != nil {
		return "", fmt.Errorf("--source-password-command: %w", err)
	}
	line, _, _ := strings.Cut(strings.ReplaceAll(string(out), "\r\n", "\n"), "\n")
	return line, nil
}

// once keeps what a function gives, for the logins that follow. An error is not kept.
func once(f func(context.Context) (string, error)) func(context.Context) (string, error) {
	var (
		mu    sync.Mutex
		value string
	)
	return func(ctx context.Context) (string, error) {
		mu.Lock()
		defer mu.Unlock()
		if value != "" {
			return value, nil
		}
		v, err := f(ctx)
		if err == nil {
			value = v
		}
		return v, err
	}
}

// firstLine is the first line of a file that a flag names.
func firstLine(flag, name string) (string, error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return "", usageError("", "%s: %v", flag, err)
	}
	line, _, _ := strings.Cut(strings.ReplaceAll(string(b), "\r\n", "\n"), "\n")
	if line == "" {
		return "", usageError("", "%s: %s is empty", flag, name)
	}
	return line, nil
}
