"""A TLS front for a plain SMTP server: python3 tls_front.py PORT BACKEND CERT KEY implicit|starttls"""
import socket, ssl, sys, threading

port, backend, cert, key, mode = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4], sys.argv[5]
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(cert, key)


def pump(source, target):
    try:
        while data := source.recv(65536):
            target.sendall(data)
    except OSError:
        pass
    finally:
        try:
            target.shutdown(socket.SHUT_WR)
        except OSError:
            pass


def serve(client):
    try:
        if mode == "starttls":
            client.sendall(b"220 front\r\n")
            while line := client.recv(1000):
                if line.upper().startswith(b"STARTTLS"):
                    client.sendall(b"220 go ahead\r\n")
                    break
                client.sendall(b"250-front\r\n250 STARTTLS\r\n")
        client = context.wrap_socket(client, server_side=True)
    except (OSError, ssl.SSLError):
        return
    server = socket.create_connection(("127.0.0.1", backend))
    if mode == "starttls":
        server.recv(1000)
    threading.Thread(target=pump, args=(client, server), daemon=True).start()
    pump(server, client)


listener = socket.create_server(("127.0.0.1", port))
while True:
    threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
