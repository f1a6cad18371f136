package probe

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// makeDatabase makes a database from the server's default template, which has what the vendor puts into every one.
func makeDatabase(ctx context.Context, config *pgx.ConnConfig) (string, error) {
	var b [6]byte
	if _, err := rand.Read(b[:]); err != nil {
		return "", err
	}
	name := databasePrefix + hex.EncodeToString(b[:])
	admin, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return "", err
	}
	defer admin.Close(context.WithoutCancel(ctx))
	_, err = admin.Exec(ctx, "create database "+pgx.Identifier{name}.Sanitize())
	return name, err
}

// dropDatabase removes it, also after the caller has been cancelled. WITH (FORCE) came with version 13; PolarDB 1.0
// stands on 11.
func dropDatabase(config *pgx.ConnConfig, name string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	admin, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return fmt.Errorf("database %s is left over: %w", name, err)
	}
	defer admin.Close(ctx)
	quoted := pgx.Identifier{name}.Sanitize()
	if _, err = admin.Exec(ctx, "drop database if exists "+quoted+" with (force)"); err != nil {
		_, err = admin.Exec(ctx, "drop database if exists "+quoted)
	}
	if err != nil {
		return fmt.Errorf("database %s is left over: %w", name, err)
	}
	return nil
}
