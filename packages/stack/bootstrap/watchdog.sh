#!/bin/sh
# Ends foreign programs (PostgreSQL, nats-server) when the process that started them is gone in whatever way: that one
# holds the other end of standard input and tells the pids, `add <pid>` and `del <pid>`. A shell, because it costs one
# megabyte. $1: a folder of temporary data that goes too.
pids=
while read -r verb pid; do
  case $verb in
    add) pids="$pids $pid" ;;
    del)
      rest=
      for each in $pids; do [ "$each" = "$pid" ] || rest="$rest $each"; done
      pids=$rest
      ;;
  esac
done

alive() {
  for each in $pids; do kill -0 "$each" 2>/dev/null && return 0; done
  return 1
}
leave() {
  [ -z "$1" ] || rm -rf "$1"
  exit 0
}

alive || leave "$1"
kill -INT $pids 2>/dev/null
for second in 1 2 3 4 5; do
  sleep 1
  alive || leave "$1"
done
kill -KILL $pids 2>/dev/null
leave "$1"
