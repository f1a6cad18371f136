package tns_test

import (
	"bufio"
	"bytes"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"landfall/internal/orasim/session"
	"landfall/internal/orasim/tns"
)

// clientsDir is where "make setup-clients" puts what comes from npm.
func clientsDir() string {
	if dir := os.Getenv("LANDFALL_CLIENTS"); dir != "" {
		return dir
	}
	if os.Getuid() == 0 {
		return "/var/cache/landfall/clients"
	}
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "landfall", "clients")
}

// absent skips, or fails where the client has to be there.
func absent(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("LANDFALL_REQUIRE_CLIENTS") != "" {
		t.Fatalf("%s is missing, and LANDFALL_REQUIRE_CLIENTS is set", what)
	}
	t.Skipf("%s is missing: make setup-clients installs it", what)
}

// runSuite starts a client's script and makes a subtest of every line it prints.
func runSuite(t *testing.T, addr net.Addr, env []string, program string, args ...string) {
	t.Helper()
	config, wallet := selfSigned(t)
	_, secure := serve(t, newScripted(), tns.Options{TLS: config})
	chinese := newScripted()
	chinese.charset = 852 // ZHS16GBK
	_, gbk := serve(t, chinese, tns.Options{})
	runCases(t, 15, addr, append(env, "TCPS="+secure.String(), "WALLET="+wallet, "GBK="+gbk.String(), charsetEnv(t)), program, args...)
}

// runCases runs a script that prints a line a case, of which some must be there.
func runCases(t *testing.T, least int, addr net.Addr, env []string, program string, args ...string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program, args...)
	cmd.Env = append(append(os.Environ(), "ADDRESS="+addr.String(), "TZ=UTC", "NODE_OPTIONS=", "PYTHONUTF8=1"), env...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	passed := 0
	lines := bufio.NewScanner(bytes.NewReader(out))
	for lines.Scan() {
		line := lines.Text()
		if name, ok := strings.CutPrefix(line, "ok "); ok {
			passed++
			t.Run(name, func(*testing.T) {})
		} else if rest, ok := strings.CutPrefix(line, "not ok "); ok {
			name, why, _ := strings.Cut(rest, ": ")
			t.Run(name, func(t *testing.T) { t.Error(strings.ReplaceAll(why, " | ", "\n")) })
		} else {
			t.Log(line)
		}
	}
	if err != nil || passed < least {
		t.Errorf("%d cases passed; %v\n%s", passed, err, stderr.String())
	}
}

func TestNode(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		absent(t, "node")
	}
	dir := clientsDir()
	if _, err := os.Stat(filepath.Join(dir, "node_modules", "oracledb", "package.json")); err != nil {
		absent(t, "node-oracledb")
	}
	for _, verifier := range []int{18453, 6949} {
		t.Run(fmt.Sprint(verifier), func(t *testing.T) {
			b := newScripted()
			_, addr := serve(t, b, tns.Options{Verifier: verifier, NativeServices: verifier == 6949})
			runSuite(t, addr, []string{"ORACLEDB=" + dir}, node, "testdata/clients/suite.cjs")
			sawClient(t, b)
		})
	}
}

// sawClient looks for what the suites say of themselves.
func sawClient(t *testing.T, b *scripted) {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, c := range b.clients {
		if c == (session.Client{Identifier: "me", Module: "my module", Action: "my action"}) {
			return
		}
	}
	t.Errorf("module, action and client identifier did not arrive: %+v", b.clients)
}

// TestPython runs both releases that there are: the one of the distribution, and the one pinned from PyPI.
func TestPython(t *testing.T) {
	clients := []struct {
		name, python string
		env          []string
	}{
		{"distribution", "/usr/bin/python3", []string{"PYTHONPATH="}},
		{"PyPI", "python3", []string{"PYTHONPATH=" + filepath.Join(clientsDir(), "python")}},
	}
	found := 0
	for _, c := range clients {
		probe := exec.CommandContext(t.Context(), c.python, "-c", "import oracledb; print(oracledb.__version__, oracledb.__file__)")
		probe.Env = append(os.Environ(), c.env...)
		version, err := probe.Output()
		if err != nil || c.name == "PyPI" && !strings.Contains(string(version), clientsDir()) {
			continue
		}
		found++
		t.Run(c.name, func(t *testing.T) {
			t.Logf("python-oracledb %s", version)
			b := newScripted()
			_, addr := serve(t, b, tns.Options{})
			runSuite(t, addr, c.env, c.python, "testdata/clients/suite.py")
			sawClient(t, b)
		})
	}
	if found == 0 {
		absent(t, "python-oracledb")
	}
}
