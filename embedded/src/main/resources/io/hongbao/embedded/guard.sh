# Runs a server that must not outlive the JVM that started it.
#   sh guard.sh PID_FILE COMMAND [ARGUMENT...]
# The JVM holds the other end of standard input. When that closes, on purpose or because the JVM was
# killed, the server gets SIGTERM and, where it hangs, SIGKILL after 30 seconds. When the server ends
# by itself, so does this, with its exit status.
pid_file=$1
shift
exec 3<&0 </dev/null
trap '' INT HUP
"$@" 3<&- &
child=$!
echo "$child" >"$pid_file"
(
  read -r line <&3
  kill "$child"
  seconds=30
  while [ "$seconds" -gt 0 ] && kill -0 "$child"; do
    sleep 1
    seconds=$((seconds - 1))
  done
  kill -9 "$child"
) 2>/dev/null &
watcher=$!
exec 3<&-
trap 'kill "$child"' TERM
while :; do
  wait "$child"
  status=$?
  kill -0 "$child" 2>/dev/null || break
done
kill "$watcher" 2>/dev/null
rm -f "$pid_file"
exit "$status"
