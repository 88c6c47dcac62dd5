#!/bin/sh
# Makes the keystores of this folder with the real tools: keytool of OpenJDK 17.0.15 and openssl 3.0.19 were used for those committed.
# A machine that runs the tests needs neither a JDK nor the legacy provider of openssl. The keys are of no use anywhere; the password of
# each file is `vector`. Run it in an empty folder and copy *.jks, *.jceks and *.p12 here.
set -eu
java() { keytool -storepass vector -keypass vector "$@" 2>/dev/null; }

# An authority, a server it certified, and a second trusted authority that signs itself.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -sha256 -subj '/CN=Vector Root' \
  -addext 'keyUsage=critical,keyCertSign,cRLSign' -keyout root.key -out root.pem 2>/dev/null
openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj '/CN=vector.example.org' -keyout leaf.key -out leaf.csr 2>/dev/null
printf 'basicConstraints=CA:FALSE\nsubjectAltName=DNS:vector.example.org\nextendedKeyUsage=serverAuth\n' >leaf.ext
openssl x509 -req -in leaf.csr -CA root.pem -CAkey root.key -CAcreateserial -days 825 -sha256 -extfile leaf.ext -out leaf.pem 2>/dev/null

pack() { openssl pkcs12 -export -inkey leaf.key -in leaf.pem -certfile root.pem -name server -passout pass:vector "$@"; }
pack -out modern.p12
pack -legacy -certpbe PBE-SHA1-RC2-40 -keypbe PBE-SHA1-3DES -out legacy-rc2-40.p12
pack -legacy -certpbe PBE-SHA1-RC2-128 -keypbe PBE-SHA1-RC2-128 -out legacy-rc2-128.p12
pack -certpbe PBE-SHA1-3DES -keypbe PBE-SHA1-3DES -out legacy-3des.p12

for kind in jks jceks; do
  keytool -importkeystore -srckeystore modern.p12 -srcstoretype PKCS12 -srcstorepass vector -srcalias server -destalias server \
    -destkeystore "java.$kind" -deststoretype "$kind" -deststorepass vector -destkeypass vector -noprompt 2>/dev/null
  java -importcert -noprompt -alias authority -file root.pem -keystore "java.$kind" -storetype "$kind"
done
java -importcert -noprompt -alias authority -file root.pem -keystore sealed.jceks -storetype jceks
java -genseckey -alias a-secret -keyalg AES -keysize 128 -keystore sealed.jceks -storetype jceks
java -importcert -noprompt -alias authority -file root.pem -keystore java-trust.p12 -storetype PKCS12
