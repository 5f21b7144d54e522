"""A real Postfix and a real Dovecot on loopback, in a folder of their own, until standard input ends.

python3 real_mail.py             (as root) starts both and says in one line of JSON where they are
python3 real_mail.py read FILE   reads a mailbox over IMAP; FILE says which, as JSON
python3 real_mail.py verify FILE MAIL   checks the signature of a mail; FILE has the public key's record
"""
import imaplib, json, logging, os, pwd, shutil, socket, ssl, subprocess, sys, tempfile, time

POSTFIX = """compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
meta_directory = /etc/postfix
maillog_file = {folder}/log/postfix.log
maillog_file_prefixes = {folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.example.org
mydestination =
mynetworks =
alias_maps =
message_size_limit = 20000000
mailbox_size_limit = 0
virtual_mailbox_limit = 0
virtual_mailbox_domains = example.org
virtual_mailbox_base = {folder}/boxes
virtual_mailbox_maps = texthash:{folder}/postfix/boxes
virtual_minimum_uid = 1
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
smtpd_tls_cert_file = {folder}/server.pem
smtpd_tls_key_file = {folder}/server.key
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = private/auth
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = permit_sasl_authenticated, reject
smtpd_client_restrictions =
smtpd_reject_unlisted_recipient = no
"""

MASTER = """127.0.0.1:{implicit} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
127.0.0.1:{starttls} inet n - n - - smtpd -o smtpd_tls_security_level=encrypt
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""

DOVECOT = """base_dir = {folder}/run
log_path = {folder}/log/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.key
first_valid_uid = 1
mail_location = maildir:{folder}/boxes/%n
passdb {{
  driver = passwd-file
  args = scheme=plain {folder}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/boxes/%n
}}
service imap-login {{
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service auth {{
  unix_listener {folder}/queue/private/auth {{
    mode = 0666
  }}
}}
"""


def openssl(folder, arguments):
    subprocess.run(["openssl", *arguments.split(" ")], cwd=folder, check=True, capture_output=True)


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [s.getsockname()[1] for s in sockets]
    for s in sockets:
        s.close()
    return ports


def listens(port):
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
        return True
    except OSError:
        return False


def serve():
    folder = tempfile.mkdtemp(prefix="mail-")
    try:
        os.chmod(folder, 0o755)
        nobody = pwd.getpwnam("nobody")
        implicit, starttls, imaps, imap = free_ports(4)
        given = dict(folder=folder, uid=nobody.pw_uid, gid=nobody.pw_gid, implicit=implicit, starttls=starttls, imaps=imaps, imap=imap)
        for name in ("postfix", "queue", "queue/private", "data", "log", "run", "boxes"):
            os.mkdir(f"{folder}/{name}")
        os.chown(f"{folder}/data", pwd.getpwnam("postfix").pw_uid, -1)
        os.chown(f"{folder}/queue/private", pwd.getpwnam("postfix").pw_uid, -1)
        os.chown(f"{folder}/boxes", nobody.pw_uid, nobody.pw_gid)
        curve = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
        openssl(folder, f"req -x509 {curve} -days 2 -subj /CN=test-authority -keyout ca.key -out ca.pem")
        openssl(folder, f"req {curve} -subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout server.key -out server.csr")
        openssl(folder, "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -days 2 -copy_extensions copy -out server.pem")
        write(f"{folder}/postfix/main.cf", POSTFIX.format(**given))
        write(f"{folder}/postfix/master.cf", MASTER.format(**given))
        write(f"{folder}/postfix/boxes", "member-0@example.org member-0/\nreports@example.org reports/\n")
        write(f"{folder}/users", "reports:{PLAIN}correct horse::::::\nmember-0@example.org:{PLAIN}battery::::::\nreports@example.org:{PLAIN}staple::::::\n")
        write(f"{folder}/dovecot.conf", DOVECOT.format(**given))
        try:
            subprocess.run(["dovecot", "-c", f"{folder}/dovecot.conf"], check=True, stdout=sys.stderr)
            subprocess.run(["postfix", "-c", f"{folder}/postfix", "start"], check=True, capture_output=True)
            begun = time.monotonic()
            while not all(map(listens, (implicit, starttls, imaps, imap))):
                if time.monotonic() - begun > 20:
                    sys.exit("they do not listen")
                time.sleep(0.02)
            print(json.dumps(dict(implicit=implicit, starttls=starttls, imaps=imaps, imap=imap, ca=f"{folder}/ca.pem")), flush=True)
            sys.stdin.read()
        finally:
            for log in ("postfix", "dovecot"):
                if os.path.exists(f"{folder}/log/{log}.log"):
                    with open(f"{folder}/log/{log}.log", encoding="utf-8") as file:
                        sys.stderr.write(file.read())
            subprocess.run(["postfix", "-c", f"{folder}/postfix", "stop"], capture_output=True)
            subprocess.run(["doveadm", "-c", f"{folder}/dovecot.conf", "stop"], capture_output=True)
            begun = time.monotonic()
            while any(map(listens, (implicit, starttls, imaps, imap))) and time.monotonic() - begun < 10:
                time.sleep(0.02)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def read(path):
    """Every mail of the box, one file each in the folder that the JSON names."""
    with open(path, encoding="utf-8") as file:
        given = json.load(file)
    context = ssl.create_default_context(cafile=given["ca"])
    begun = time.monotonic()
    while time.monotonic() - begun < 20:
        with imaplib.IMAP4_SSL("localhost", given["imaps"], ssl_context=context, timeout=10) as imap:
            imap.login("member-0@example.org", "battery")
            imap.select("INBOX")
            numbers = imap.search(None, "ALL")[1][0].split()
            if len(numbers) >= given["mails"]:
                for number in numbers:
                    mail = imap.fetch(number, "(RFC822)")[1][0][1]
                    with open(f"{given['folder']}/{number.decode()}.eml", "wb") as file:
                        file.write(mail)
                return
        time.sleep(0.1)
    sys.exit("the mail does not arrive")


def verify(record, mail):
    import dkim

    with open(record, "rb") as file:
        text = file.read()
    with open(mail, "rb") as file:
        message = file.read()
    asked = []

    def dns(name, timeout=5):
        asked.append(name)
        return text

    logging.basicConfig(level=logging.DEBUG)
    if not dkim.verify(message, logger=logging.getLogger(), dnsfunc=dns):
        sys.exit("the signature is not valid")
    print(asked[0].decode())


if __name__ == "__main__":
    {"read": read, "verify": verify}.get(sys.argv[1], serve)(*sys.argv[2:]) if len(sys.argv) > 1 else serve()
