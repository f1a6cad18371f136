// Command landfall carries Oracle databases to the PostgreSQL family. Everything it does is in package cli.
package main

import (
	"os"

	"landfall/cmd/internal/cli"
)

func main() { os.Exit(cli.Main()) }
