sqlplus -s u <<EOF
exec s.p(1)
COMMENT ON TABLE a1 IS 'x';
SELECT a2 FROM v\$session WHERE x = '$X';
EOF
sqlplus -s u <<'EOF'
SELECT a3 FROM v$session;
EOF
sqlplus -s u <<< "SELECT a4 FROM t;"
printf "SELECT a5 FROM t;\nSELECT a6 FROM t;\n" | sqlplus -s u
echo "
SELECT a7 FROM t;
" | sqlplus u
(echo "SELECT a8 FROM t;"; echo "exit") | sqlplus u
X="SELECT a9 FROM t WHERE id = $ID"
cat <<END > /tmp/run.tmp
SELECT b1 FROM t;
END
sqlplus u \
 <<EOF
SELECT b2 FROM t;
EOF
echo "select a file from the list"
# it's a comment "SELECT no FROM comment"
cat <<EOF
Dear user, don't delete "this"
EOF
echo "SELECT \"b3\" FROM t;" | sqlplus u
