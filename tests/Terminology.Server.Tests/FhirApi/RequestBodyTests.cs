using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Terminology.Issues;

namespace Terminology.Server.FhirApi;

public sealed class RequestBodyTests
{
    [TestCase(0, true), TestCase(1, true), TestCase(100_000, true), TestCase(1_000_000, true)]
    [TestCase(0, false), TestCase(1, false), TestCase(4096, false), TestCase(100_000, false), TestCase(1_000_000, false)]
    public async Task ReadAsync_WithAndWithoutLength_IsWhatWasSent(int length, bool isTold)
    {
        var sent = RandomNumberGenerator.GetBytes(length);
        var body = await ReadAsync(sent, isTold ? length : null);
        Assert.That(body.ToArray(), Is.EqualTo(sent));
    }

    [Test]
    public async Task Understand_Refused_BytesAreUsedAgain()
    {
        var body = await ReadAsync(new byte[3_000_000], 3_000_000);

        Assert.That(() => RequestBody.Understand<int>(body, () => throw new TerminologyException(IssueType.Structure, "X", "no")), Throws.InstanceOf<TerminologyException>());

        Assert.That(ArrayOf(await ReadAsync(new byte[3_000_000], 3_000_000)), Is.SameAs(ArrayOf(body)));
    }

    [Test]
    public async Task Understand_Understood_BytesAreLeftToWhoKeepsThem()
    {
        var body = await ReadAsync(new byte[5_000_000], 5_000_000);

        Assert.That(RequestBody.Understand(body, () => 1), Is.EqualTo(1));

        Assert.That(ArrayOf(await ReadAsync(new byte[5_000_000], 5_000_000)), Is.Not.SameAs(ArrayOf(body)));
    }

    private static Task<ReadOnlyMemory<byte>> ReadAsync(byte[] sent, long? length)
    {
        var request = new DefaultHttpContext().Request;
        (request.Body, request.ContentLength) = (new MemoryStream(sent), length);
        return RequestBody.ReadAsync(request, 64 << 20, null, CancellationToken.None);
    }

    private static byte[] ArrayOf(ReadOnlyMemory<byte> body) => MemoryMarshal.TryGetArray(body, out var bytes) ? bytes.Array! : throw new AssertionException("no array");
}
