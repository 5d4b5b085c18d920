# Shared by the scripts that run a peer. Each is called as
#   PEER installed | install | version | start DIRECTORY PORT | stop DIRECTORY
# and keeps everything in that directory: nothing of an installation of the machine's own is read or changed.

fail() {
  echo "$peer: $*" >&2
  exit 1
}

# install_packages PACKAGE…: from Debian, without starting the services that come with them.
install_packages() {
  { [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; } || fail "needs these Debian packages: $*"
  {
    apt-get update -qq &&
      RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
  } > /dev/null || fail "could not install $*"
}

# await_pid FILE: prints the process id in it as soon as there is one.
await_pid() {
  local i pid
  for i in $(seq 600); do
    pid=$(tr -dc 0-9 < "$1" 2> /dev/null)
    [ -n "$pid" ] && kill -0 "$pid" 2> /dev/null && { echo "$pid"; return 0; }
    sleep 0.1
  done
  return 1
}

# end_of PID: waits until a process is gone.
end_of() {
  local i
  for i in $(seq 600); do
    kill -0 "$1" 2> /dev/null || return 0
    sleep 0.1
  done
  return 1
}

dispatch() {
  [ $# -gt 0 ] || fail "installed | install | version | start DIRECTORY PORT | stop DIRECTORY"
  case $1 in
    installed) installed ;;
    install) installed || install_peer ;;
    version) version ;;
    start)
      [ $# -eq 3 ] || fail "start DIRECTORY PORT"
      [ "$(id -u)" = 0 ] || fail "needs root, as mail servers do to change users"
      start "$2" "$3"
      ;;
    stop)
      [ $# -eq 2 ] || fail "stop DIRECTORY"
      stop "$2"
      ;;
    *) fail "unknown: $1" ;;
  esac
}
