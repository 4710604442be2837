#!/bin/sh
# Makes the cluster's keys and passwords, once, and gives each service the ones that it needs, in a
# volume of its own: SECRETS/<service>/. What was made stays in SECRETS/kept, so that this may run at
# every start, and gives a service that is added later the same ones.
set -eu
umask 077
cd "${SECRETS:-/secrets}"

main() {
  for name in token-secret cluster-secret mysql-root mysql redis grafana; do
    keep "$name" 24
  done
  keep s3-access-key 10
  keep s3-secret-key 24

  mysql="mysql.password=$(kept mysql)"
  redis="redis.url=redis://:$(kept redis)@redis:6379/0"
  cluster="cluster.secret=$(kept cluster-secret)"
  token="auth.token-secret=$(kept token-secret)"
  s3="s3.access-key=$(kept s3-access-key)
s3.secret-key=$(kept s3-secret-key)"

  # The numbers are the users of the images.
  give mysql root-password 0 "$(kept mysql-root)"
  give mysql password 0 "$(kept mysql)"
  give redis redis.conf 999 "requirepass $(kept redis)"
  give redis password 999 "$(kept redis)"
  give minio root-user 0 "$(kept s3-access-key)"
  give minio root-password 0 "$(kept s3-secret-key)"
  give grafana password 472 "$(kept grafana)"
  give gateway settings.properties 10001 "$cluster"
  give push settings.properties 10001 "$cluster"
  give message settings.properties 10001 "$cluster
$token
$mysql
$redis"
  give redpacket settings.properties 10001 "$cluster
$mysql
$redis"
  give media settings.properties 10001 "$cluster
$mysql
$s3"
  give doctor settings.properties 10001 "$cluster
$token
$mysql
$redis
$s3"
}

# Random hexadecimal digits, twice as many as bytes, unless they are there.
keep() {
  [ ! -s "kept/$1" ] || return 0
  mkdir -p kept
  head -c "$2" /dev/urandom | od -An -v -tx1 | tr -d ' \n' >"kept/$1.new"
  mv "kept/$1.new" "kept/$1"
}

kept() {
  cat "kept/$1"
}

# give SERVICE FILE USER CONTENT: for that user alone.
give() {
  mkdir -p "$1"
  chmod 700 "$1"
  printf '%s' "$4" >"$1/$2.new"
  if [ "$(id -u)" -eq 0 ]; then
    chown "$3" "$1" "$1/$2.new"
  fi
  mv "$1/$2.new" "$1/$2"
}

main
