using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace Terminology.Server.Proofs;

/// <summary>One connection over which one request after the other is sent, on the thread that asks: no pool, next to no objects, so that what is measured is the server.</summary>
internal sealed class RawClient(Uri address) : IDisposable
{
    private readonly byte[] _buffer = new byte[1 << 16];
    private TcpClient? _connection;

    /// <summary>The bytes of a request.</summary>
    public static byte[] Request(string method, string path, string type = "", string body = "")
        => Encoding.UTF8.GetBytes($"{method} {path} HTTP/1.1\r\nHost: localhost\r\n{(body.Length > 0 ? $"Content-Type: {type}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n" : "")}\r\n{body}");

    /// <summary>Sends a request and reads the whole answer.</summary>
    /// <returns>The HTTP status; 0 when the server closed the connection before.</returns>
    public int Send(byte[] request)
    {
        try
        {
            _connection ??= new(address.Host, address.Port) { NoDelay = true };
            var stream = _connection.GetStream();
            stream.Write(request);
            return Answer(stream);
        }
        catch (Exception gone) when (gone is IOException or SocketException)
        {
            Dispose();
            return 0;
        }
    }

    public void Dispose()
    {
        _connection?.Dispose();
        _connection = null;
    }

    /// <summary>Lets the calling thread run only when nothing else wants to.</summary>
    public static void GiveWay()
    {
        if (OperatingSystem.IsLinux()) _ = SetPriority(which: 0, who: 0, 19);
    }

    private int Answer(NetworkStream stream)
    {
        var (read, end) = (0, -1);
        while (end < 0)
        {
            var more = stream.Read(_buffer, read, _buffer.Length - read);
            if (more == 0) throw new IOException("closed");
            read += more;
            end = _buffer.AsSpan(0, read).IndexOf("\r\n\r\n"u8);
        }
        var head = Encoding.ASCII.GetString(_buffer, 0, end);
        var status = int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture);
        var body = read - end - 4;
        var length = head.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase) is >= 0 and var at ? int.Parse(head.AsSpan(at + 16).ToString().Split('\r')[0], CultureInfo.InvariantCulture) : 0;
        while (body < length)
        {
            var more = stream.Read(_buffer);
            if (more == 0) throw new IOException("closed");
            body += more;
        }
        if (head.Contains("Connection: close", StringComparison.OrdinalIgnoreCase)) Dispose();
        return status;
    }

    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, int who, int niceness);
}
