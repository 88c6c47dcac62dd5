"""Writes test/vectors/expiry anew: `python3 test/vectors/make-expiry.py FOLDER-FOR-KEYS`, with ssh-keygen, gpg, PyJWT, cryptography, pyseto,
botocore, azure-storage-blob and google-cloud-storage at hand. Nothing of src/core makes a byte of them, and what is expected is what
the tools were told, or say themselves. Every key is new, made for the vectors, and thrown away with the folder; the names of accounts
are made up, or those of the vendors' own documentation.

Two keys of version 6 stay as they are: gpg makes none. openpgp.js made them, generateKey with the setting v6Keys.

What a scanner would take for somebody's secret is spelled backwards.
"""

import base64, json, os, pathlib, struct, subprocess, sys
from datetime import datetime, timedelta, timezone
from importlib.metadata import version
from urllib.parse import parse_qs, urlsplit

import botocore.session, jwt, pyseto
from azure.storage.blob import generate_account_sas, generate_blob_sas
from botocore.config import Config
from botocore.signers import CloudFrontSigner
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from google.cloud import storage
from google.oauth2 import service_account

FOLDER = pathlib.Path(__file__).parent / "expiry"
WORK = pathlib.Path(sys.argv[1]).resolve()
START = datetime(2026, 11, 2, 8, 30, tzinfo=timezone.utc)
END = datetime(2027, 5, 1, 8, 30, tzinfo=timezone.utc)
PEM, PKCS8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
LOCKED = serialization.NoEncryption()


def stamp(moment):
    return None if moment is None else moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def write(name, about, made_by, expect, value, backwards=False):
    rows = [{"what": what, "notBefore": stamp(start), "notAfter": stamp(end)} for what, start, end in expect]
    fields = [f"about: {about}", f"made-by: {made_by}", f"expect: {json.dumps(rows)}"]
    fields += ["spelled: backwards"] if backwards else []
    (FOLDER / f"{name}.txt").write_text("\n".join(fields) + "\n\n" + (value[::-1] if backwards else value) + "\n", newline="\n")


def run(*command, **more):
    environment = {**os.environ, "TZ": "UTC", "GNUPGHOME": str(WORK / "gnupg")}
    return subprocess.run(command, check=True, capture_output=True, text=True, env=environment, **more).stdout


def pem(key):
    return key.private_bytes(PEM, PKCS8, LOCKED)


def public_pem(key):
    return key.public_key().public_bytes(PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def json_web_tokens():
    by, what = f"PyJWT {version('PyJWT')}", "a JSON Web Token"
    token = lambda claims, key="made for the vectors, and for nothing else", alg="HS256": jwt.encode(claims, key, algorithm=alg)
    times = {"iat": START, "exp": END}
    write("jwt", "iat and exp", by, [(what, START, END)], token(times), True)
    later = START + timedelta(days=3)
    write("jwt_nbf", "nbf counts before iat", by, [(what, later, END)], token({**times, "nbf": later}), True)
    write("jwt_eddsa", "signed with Ed25519", by, [(what, START, END)], token(times, pem(ed25519.Ed25519PrivateKey.generate()), "EdDSA"), True)
    write("jwt_forever", "no exp: it never ends", by, [(what, START, None)], token({"iat": START, "sub": "x"}), True)
    write("jwt_bearer", "behind Bearer", by, [(what, START, END)], "Bearer " + token(times), True)
    once = base64.b64encode(token(times).encode()).decode()
    write("jwt_base64", "in base64", by, [(what, START, END)], once, True)
    config = f"apiVersion: v1\nkind: Config\nusers:\n- name: deployer\n  user:\n    token: {token(times)}\n"
    write("jwt_kubeconfig", "the token of a kubeconfig", by, [(what, START, END)], config, True)
    both = json.dumps({"users": [{"user": {"token": token(times)}}, {"user": {"token": token({**times, "exp": later})}}]})
    write("jwt_two", "two in a kubeconfig of JSON", by, [(what, START, END), (what, START, later)], both, True)


def paseto_tokens():
    by, what = f"pyseto {version('pyseto')}", "a PASETO token"
    keys = {1: rsa.generate_private_key(public_exponent=65537, key_size=2048), 2: ed25519.Ed25519PrivateKey.generate(),
            3: ec.generate_private_key(ec.SECP384R1()), 4: ed25519.Ed25519PrivateKey.generate()}
    claims = json.dumps({"iat": START.isoformat(), "exp": END.isoformat(), "sub": "x"}).encode()
    for number, key in keys.items():
        token = pyseto.encode(pyseto.Key.new(version=number, purpose="public", key=pem(key)), claims, footer=b"made for the vectors")
        write(f"paseto_v{number}", f"version {number}, with a footer", by, [(what, START, END)], token.decode(), True)
    local = pyseto.encode(pyseto.Key.new(version=4, purpose="local", key=os.urandom(32)), claims)
    write("paseto_local", "encrypted: it says nothing", by, [], local.decode(), True)


def ssh_string(data):
    return struct.pack(">I", len(data)) + data


def security_keys():
    """Public halves as PROTOCOL.u2f has them; no hardware is needed for them to be signed."""
    raw = ed25519.Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    point = ec.generate_private_key(ec.SECP256R1()).public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    yield "sk-ssh-ed25519@openssh.com", [raw, b"ssh:"]
    yield "sk-ecdsa-sha2-nistp256@openssh.com", [b"nistp256", point, b"ssh:"]


def ssh_certificates():
    said = subprocess.run(["ssh", "-V"], capture_output=True, text=True).stderr
    by = f"ssh-keygen ({said.split(',')[0].split(' ')[0].replace('_', ' ')})"
    user, host = "an SSH user certificate", "an SSH host certificate"
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(WORK / "ca"))
    kinds = {"rsa": ["rsa", "-b", "2048"], "dsa": ["dsa"], "ecdsa256": ["ecdsa", "-b", "256"], "ecdsa384": ["ecdsa", "-b", "384"],
             "ecdsa521": ["ecdsa", "-b", "521"], "ed25519": ["ed25519"]}
    for name, kind in kinds.items():
        run("ssh-keygen", "-q", "-N", "", "-C", "vector", "-f", str(WORK / name), "-t", *kind)
    for type_name, strings in security_keys():
        blob = ssh_string(type_name.encode()) + b"".join(map(ssh_string, strings))
        name = "sk_" + type_name.split("-")[1 if "ecdsa" in type_name else 2].split("@")[0]
        (WORK / f"{name}.pub").write_text(f"{type_name} {base64.b64encode(blob).decode()} vector\n")
        kinds[name] = None

    def certificate(name, *options):
        run("ssh-keygen", "-q", "-s", str(WORK / "ca"), "-I", "made for the vectors", *options, str(WORK / f"{name}.pub"))
        return (WORK / f"{name}-cert.pub").read_text().rstrip("\n")

    span = f"{START:%Y%m%d%H%M%S}Z:{END:%Y%m%d%H%M%S}Z"
    for name in kinds:
        write(f"ssh_{name}", f"a user certificate of {name}", by, [(user, START, END)], certificate(name, "-n", "deploy,root", "-V", span))
    write("ssh_host", "a host certificate", by, [(host, START, END)], certificate("ed25519", "-h", "-n", "db.example.org", "-V", span))
    write("ssh_forever", "no dates: it never ends", by, [(user, None, None)], certificate("ed25519", "-n", "deploy"))
    plain = (WORK / "ed25519.pub").read_text().rstrip("\n")
    write("ssh_key", "a public key is no certificate", by, [], plain)


def openpgp_keys():
    by = run("gpg", "--version").split("\n")[0]
    (WORK / "gnupg").mkdir(mode=0o700)
    at = lambda moment: ["--faked-system-time", f"{moment:%Y%m%dT%H%M%S}!"]
    gpg = lambda *rest, **more: run("gpg", "--batch", "--quiet", "--no-tty", "--pinentry-mode", "loopback", "--passphrase", "", *rest, **more)
    fingerprint = lambda mail: next(line.split(":")[9] for line in gpg("--with-colons", "--list-keys", mail).split("\n") if line.startswith("fpr"))
    public = lambda mail, *more: gpg("--armor", "--no-emit-version", *more, "--export", mail).rstrip("\n")
    key, encryption = "an OpenPGP key", "an OpenPGP subkey for encryption"
    until = lambda moment: f"{moment:%Y%m%dT%H%M%S}"

    def make(mail, algorithm, end, more=()):
        gpg(*at(START), "--quick-generate-key", mail, algorithm, "sign", end)
        for kind, use, sub_end in more:
            gpg(*at(START), "--quick-add-key", fingerprint(mail), kind, use, sub_end)

    make("curve@example.org", "ed25519", until(END), [("cv25519", "encr", until(END))])
    write("openpgp_public", "Ed25519 with a subkey, both with an end", by, [(key, START, END), (encryption, START, END)], public("curve@example.org"))
    secret = gpg("--armor", "--export-secret-keys", "curve@example.org").rstrip("\n")
    write("openpgp_secret", "the secret key of the same", by, [(key, START, END), (encryption, START, END)], secret, True)
    wrapped = base64.encodebytes(secret.encode()).decode().rstrip("\n")
    write("openpgp_secret_base64", "the same, armored, in base64 with line breaks", by, [(key, START, END), (encryption, START, END)], wrapped, True)
    write("openpgp_escaped", "the same on one line, with \\n", by, [(key, START, END), (encryption, START, END)],
          '"' + public("curve@example.org").replace("\n", "\\n") + '"')
    raw = subprocess.run(["gpg", "--export", "curve@example.org"], check=True, capture_output=True,
                         env={**os.environ, "GNUPGHOME": str(WORK / "gnupg")}).stdout
    write("openpgp_binary", "binary, in base64", by, [(key, START, END), (encryption, START, END)], base64.b64encode(raw).decode())

    headers = gpg("--armor", "--emit-version", "--comment", "AAAA made for the vectors", "--export", "curve@example.org")
    write("openpgp_headers", "with headers in the armor, and lines that end in CR LF", by, [(key, START, END), (encryption, START, END)],
          headers.rstrip("\n").replace("\n", "\r\n"))

    make("revoked@example.org", "ed25519", until(END))
    revocation = (WORK / "gnupg/openpgp-revocs.d" / f"{fingerprint('revoked@example.org')}.rev").read_text().replace(":-----BEGIN", "-----BEGIN")
    gpg(*at(START + timedelta(days=5)), "--import", input=revocation)
    write("openpgp_revoked", "revoked by what gpg keeps for that, which has the date of the key", by, [(key, START, START)], public("revoked@example.org"))

    make("subkey@example.org", "ed25519", until(END), [("cv25519", "encr", until(END))])
    at_five = START + timedelta(days=5)
    run("gpg", "--quiet", "--no-tty", "--pinentry-mode", "loopback", "--passphrase", "", "--command-fd", "0", *at(at_five), "--edit-key",
        "subkey@example.org", input="key 1\nrevkey\ny\n0\n\ny\nsave\n")
    write("openpgp_subkey_revoked", "a subkey that was revoked after five days", by, [(key, START, END), (encryption, START, at_five)],
          public("subkey@example.org", "--export-options", "no-export-clean"))

    make("forever@example.org", "rsa2048", "never")
    write("openpgp_forever", "RSA without an end", by, [(key, START, None)], public("forever@example.org"))

    make("longer@example.org", "nistp256", until(START + timedelta(days=30)))
    later = START + timedelta(days=20)
    gpg(*at(later), "--quick-set-expire", fingerprint("longer@example.org"), until(END))
    gpg(*at(later + timedelta(days=1)), "--default-key", "curve@example.org", "--yes", "--quick-sign-key", fingerprint("longer@example.org"))
    write("openpgp_extended", "the newest self-signature counts, not the first, nor that of another key",
          by, [(key, later, END)], public("longer@example.org", "--export-options", "no-export-clean"))

    make("subkeys@example.org", "ed25519", "never", [("cv25519", "encr", until(START + timedelta(days=30))), ("cv25519", "encr", until(END)),
                                                   ("ed25519", "sign", until(END)), ("ed25519", "auth", until(END))])
    write("openpgp_subkeys", "of the subkeys for one use the one that works longest", by,
          [(key, START, None), (encryption, START, END), ("an OpenPGP subkey for signatures", START, END),
           ("an OpenPGP subkey for authentication", START, END)], public("subkeys@example.org"))

    make("dsa@example.org", "dsa2048", until(END), [("elg2048", "encr", until(END))])
    dsa = gpg("--armor", "--export-secret-keys", "dsa@example.org").rstrip("\n")
    write("openpgp_dsa_secret", "DSA and Elgamal, secret", by, [(key, START, END), (encryption, START, END)], dsa, True)
    write("openpgp_two", "two keys, one block", by, [(key, START, END), (encryption, START, END), (key, START, None)],
          gpg("--armor", "--export", "dsa@example.org", "forever@example.org").rstrip("\n"))
    signature = gpg(*at(START), "--armor", "--default-key", "curve@example.org", "--detach-sign", "--output", "-", input="x").rstrip("\n")
    write("openpgp_signature", "a signature is no key", by, [], signature)


def azure_signatures():
    by, what = f"azure-storage-blob {version('azure-storage-blob')}", "an Azure shared access signature"
    secret = base64.b64encode(os.urandom(64)).decode()
    blob = generate_blob_sas("exampleaccount", "backups", "db.dump", account_key=secret, permission="r", start=START, expiry=END)
    write("azure_blob", "a URL of a blob", by, [(what, START, END)], f"https://exampleaccount.blob.core.windows.net/backups/db.dump?{blob}", True)
    write("azure_token", "the token alone", by, [(what, START, END)], blob, True)
    account = generate_account_sas("exampleaccount", secret, resource_types="sco", permission="rl", expiry=END)
    connection = f"BlobEndpoint=https://exampleaccount.blob.core.windows.net/;SharedAccessSignature={account}"
    write("azure_connection_string", "in a connection string, without a start", by, [(what, None, END)], connection, True)


def aws_urls():
    by, what = f"botocore {version('botocore')}", "a presigned AWS URL"
    session = botocore.session.get_session()

    def presign(signature, token=None):
        client = session.create_client("s3", region_name="eu-central-1", aws_access_key_id="AKIAIOSFODNN7EXAMPLE",
                                       aws_secret_access_key=base64.b64encode(os.urandom(30)).decode(), aws_session_token=token,
                                       config=Config(signature_version=signature))
        return client.generate_presigned_url("get_object", Params={"Bucket": "example-bucket", "Key": "a b.txt"}, ExpiresIn=86400)

    for name, token in (("s3_v4", None), ("s3_v4_temporary", "made for the vectors")):
        url = presign("s3v4", token)
        query = parse_qs(urlsplit(url).query)
        start = datetime.strptime(query["X-Amz-Date"][0], "%Y%m%dT%H%M%SZ")
        write(name, "signature version 4", by, [(what, start, start + timedelta(days=1))], url, True)
    old = presign("s3")
    end = datetime.fromtimestamp(int(parse_qs(urlsplit(old).query)["Expires"][0]), timezone.utc)
    write("s3_v2", "signature version 2", by, [(what, None, end)], old, True)

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    signer = CloudFrontSigner("KEXAMPLEEXAMPLE", lambda message: key.sign(message, padding.PKCS1v15(), hashes.SHA1()))
    address, shown = "https://d111111abcdef8.cloudfront.net/a.zip?size=large", "a signed CloudFront URL"
    write("cloudfront_canned", "a canned policy", by, [(shown, None, END)], signer.generate_presigned_url(address, date_less_than=END), True)
    policy = signer.build_policy(address, END, date_greater_than=START)
    write("cloudfront_policy", "a policy of its own", by, [(shown, START, END)], signer.generate_presigned_url(address, policy=policy), True)


def google_urls():
    by, what = f"google-cloud-storage {version('google-cloud-storage')}", "a signed Google Cloud Storage URL"
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    credentials = service_account.Credentials.from_service_account_info({
        "private_key": pem(key).decode(), "client_email": "vectors@example-project.iam.gserviceaccount.com",
        "token_uri": "https://oauth2.googleapis.com/token"})
    blob = storage.Client(project="example-project", credentials=credentials).bucket("example-bucket").blob("a.txt")
    url = blob.generate_signed_url(version="v4", expiration=timedelta(days=6), method="GET")
    start = datetime.strptime(parse_qs(urlsplit(url).query)["X-Goog-Date"][0], "%Y%m%dT%H%M%SZ")
    write("gcs_v4", "version 4", by, [(what, start, start + timedelta(days=6))], url, True)
    write("gcs_v2", "version 2", by, [(what, None, END)], blob.generate_signed_url(version="v2", expiration=END, method="GET"), True)


for old in FOLDER.glob("*.txt"):
    if not old.name.startswith("openpgp_v6"):
        old.unlink()
FOLDER.mkdir(exist_ok=True)
for part in (json_web_tokens, paseto_tokens, ssh_certificates, openpgp_keys, azure_signatures, aws_urls, google_urls):
    part()
print(len(list(FOLDER.glob("*.txt"))), "vectors")
