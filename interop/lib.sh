# Shared by interop/run and the scripts in interop/programs.

install_programs() {
  local missing=() pair
  for pair in swaks:swaks curl:curl msmtp:msmtp mbsync:isync neomutt:neomutt offlineimap:offlineimap3 \
    fetchmail:fetchmail python3:python3 openssl:openssl script:bsdutils; do
    command -v "${pair%%:*}" > /dev/null || missing+=("${pair##*:}")
  done
  for pair in Net/SSLeay.pm:libnet-ssleay-perl Authen/SASL.pm:libauthen-sasl-perl Mail/SPF.pm:libmail-spf-perl; do
    perl -e "require '${pair%%:*}'" 2> /dev/null || missing+=("${pair##*:}")
  done
  for pair in dkim:python3-dkim nacl:python3-nacl authres:python3-authres spf:python3-spf; do
    /usr/bin/python3 -c "import ${pair%%:*}" 2> /dev/null || missing+=("${pair##*:}")
  done
  for pair in libopendkim.so:opendkim-tools libopendmarc.so:libopendmarc-dev; do
    ldconfig -p | grep -q "${pair%%:*}" || missing+=("${pair##*:}")
  done
  for pair in /usr/sbin/unbound:unbound /usr/sbin/knotd:knot /usr/bin/dnssec-signzone:bind9-utils /usr/bin/ldns-signzone:ldnsutils \
    /usr/share/dns/root.ds:dns-root-data; do
    [ -e "${pair%%:*}" ] || missing+=("${pair##*:}")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  echo "installing ${missing[*]}"
  { [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; } ||
    { echo "interop needs these Debian packages: ${missing[*]}" >&2; exit 1; }
  # Some packages are of services, which aren't wanted: what is needed of them is started here, on other ports.
  local policy=
  [ -e /usr/sbin/policy-rc.d ] || { printf '#!/bin/sh\nexit 101\n' > /usr/sbin/policy-rc.d && chmod 755 /usr/sbin/policy-rc.d && policy=ours; }
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    "${missing[@]}" > /dev/null
  local installed=$?
  [ -z "$policy" ] || rm -f /usr/sbin/policy-rc.d
  [ $installed -eq 0 ] || { echo "could not install ${missing[*]}" >&2; exit 1; }
}

# For programs that compare libraries: MOX_JAVA, and MOX_LIBRARIES as a class path of what the sources say.
find_libraries() {
  local modules=(mox-dns mox-message mox-spf mox-dkim mox-dmarc mox-dane mox-mtasts) module stale=
  MOX_JAVA=$("$MOX_TOP/build/find-jdk")/bin/java || return 1
  export MOX_JAVA
  [ -z "${MOX_LIBRARIES:-}" ] || { export MOX_LIBRARIES; return 0; }
  for module in "${modules[@]}"; do
    local jar
    jar=$(ls "$MOX_TOP/$module/target/$module"-*.jar 2> /dev/null | head -n 1)
    [ -n "$jar" ] && [ -z "$(find "$MOX_TOP/$module/src/main" -newer "$jar" -type f | head -n 1)" ] || stale=yes
  done
  if [ -n "$stale" ]; then
    echo "building the libraries"
    (cd "$MOX_TOP" && mvn -B -ntp -q -Dmaven.test.skip=true -Dspotless.check.skip=true -Dforbiddenapis.skip=true \
      -pl "$(IFS=,; echo "${modules[*]}")" package < /dev/null) || { echo "the libraries don't build" >&2; return 1; }
    for module in "${modules[@]}"; do touch "$MOX_TOP/$module/target/$module"-*.jar; done
  fi
  for module in "${modules[@]}"; do MOX_LIBRARIES=${MOX_LIBRARIES:+$MOX_LIBRARIES:}$MOX_TOP/$module/target/classes; done
  # Of the server only what the libraries depend on is used.
  export MOX_LIBRARIES=$MOX_LIBRARIES:$MOX_TOP/mox-server/target/mox.jar
}

start_server() {
  MOX_SERVE_DIR=$MOX_WORK/data
  # The first start builds the jar; that isn't part of the time to listening.
  "$MOX_TOP/mox" version > /dev/null || { echo "mox does not start" >&2; return 1; }
  "$MOX_TOP/mox" localserve --dir "$MOX_SERVE_DIR" --ip "$MOX_HOST" > "$MOX_WORK/server.log" 2>&1 &
  server=$!
  local i
  for i in $(seq 100); do
    if (exec 3<> "/dev/tcp/$MOX_HOST/1993") 2> /dev/null; then
      openssl s_client -connect "$MOX_HOST:1993" < /dev/null 2> /dev/null | openssl x509 > "$MOX_WORK/cert.pem" ||
        { echo "no certificate from port 1993" >&2; return 1; }
      export MOX_CERT=$MOX_WORK/cert.pem
      return 0
    fi
    kill -0 "$server" 2> /dev/null || break
    sleep 0.2
  done
  echo "the server did not start:" >&2
  tail -n 20 "$MOX_WORK/server.log" >&2
  return 1
}

stop_server() {
  [ -n "${server:-}" ] && kill "$server" 2> /dev/null && wait "$server" 2> /dev/null
  server=
}

# ok NAME: CMD…   runs CMD; its success is the verdict.
check() {
  local name=$1
  shift
  if "$@"; then echo "ok $name"; else echo "FAIL $name"; fi
}

# message SUBJECT: a small mail with CRLF line ends and text worth comparing.
message() {
  printf 'From: "Ann Example" <ann@example.org>\r\nTo: you@localhost\r\nSubject: %s\r\n' "$1"
  printf 'Date: Tue, 24 Nov 2026 10:00:00 +0000\r\nMessage-ID: <%s@example.org>\r\n\r\n' "${1// /-}"
  printf '.leading dot\r\n..two dots\r\nblank follows\r\n\r\nKarl Tsch\303\244tscher\r\nend of %s\r\n' "$1"
}

# uid_of SUBJECT [FOLDER]: the UID of the newest message with that subject.
uid_of() {
  imap_curl "/${2:-INBOX}" -X "UID SEARCH SUBJECT \"$1\"" | tr -d '\r' | sed -n 's/^\* SEARCH.* \([0-9]*\)$/\1/p'
}

# imap_curl PATH [curl option …]
imap_curl() {
  local path=$1
  shift
  curl -sk --max-time 20 "imaps://$MOX_HOST:1993$path" -u "$MOX_USER:$MOX_PASSWORD" "$@"
}

# body_of SUBJECT [FOLDER]: what stands behind the header, byte for byte.
body_of() {
  local uid
  uid=$(uid_of "$1" "${2:-INBOX}")
  [ -n "$uid" ] || return 1
  imap_curl "/${2:-INBOX};UID=$uid;SECTION=TEXT"
}

# arrived SUBJECT [FOLDER]: the mail is there with the body of message().
arrived() {
  cmp <(message "$1" | sed '1,/^\r$/d') <(body_of "$1" "${2:-INBOX}")
}
