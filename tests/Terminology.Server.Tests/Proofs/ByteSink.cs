using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Terminology.Server.Proofs;

/// <summary>
/// A server that only reads what it is sent, throws it away and says 400, on threads that give way: what requests cost a machine before anybody looks into them.
/// </summary>
internal sealed class ByteSink : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public ByteSink()
    {
        _listener.Start();
        Address = new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        new Thread(Accept) { IsBackground = true }.Start();
    }

    public Uri Address { get; }

    public void Dispose() => _listener.Dispose();

    private void Accept()
    {
        try
        {
            while (true)
            {
                var client = _listener.AcceptTcpClient();
                new Thread(() => Serve(client)) { IsBackground = true }.Start();
            }
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // nobody listens any more
        }
    }

    private static void Serve(TcpClient client)
    {
        RawClient.GiveWay();
        var buffer = new byte[1 << 16];
        try
        {
            using (client)
            {
                var stream = client.GetStream();
                while (true)
                {
                    var (read, end) = (0, -1);
                    while (end < 0)
                    {
                        var more = stream.Read(buffer, read, buffer.Length - read);
                        if (more == 0) return;
                        read += more;
                        end = buffer.AsSpan(0, read).IndexOf("\r\n\r\n"u8);
                    }
                    var head = Encoding.ASCII.GetString(buffer, 0, end);
                    var at = head.IndexOf("Content-Length: ", StringComparison.Ordinal);
                    var left = (at < 0 ? 0 : int.Parse(head[(at + 16)..].Split('\r')[0], CultureInfo.InvariantCulture)) - (read - end - 4);
                    while (left > 0)
                    {
                        var more = stream.Read(buffer);
                        if (more == 0) return;
                        left -= more;
                    }
                    stream.Write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"u8);
                }
            }
        }
        catch (IOException)
        {
            // the client is gone
        }
    }
}
