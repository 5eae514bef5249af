using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Identity;
using OrleansIdentity.Bench.Calls;
using OrleansIdentity.Bench.Load;
using OrleansIdentity.Bench.Servers;
using OrleansIdentity.Saml.Tests.Support;

namespace OrleansIdentity.Bench.SignIn;

/// <summary>What a check of a session, an introspection and a validated SAML response cost beside the bare endpoint, and a sign-in by password beside its hash.</summary>
internal static class SignInBench
{
    private const int HashIterations = 210_000;

    public static async Task<int> RunAsync(FiveCallsOptions options, CancellationToken cancellationToken)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        using var product = await SignInServer.StartAsync(cancellationToken);
        using var bare = await ServerProcess.StartAsync(typeof(SignInBench).Assembly.Location, url => ["bare", url], cancellationToken);
        Call[] calls =
        [
            new("session check (GET me)", "/GET", _ => product.Me()),
            new("introspection", "/POST", _ => product.Introspection()),
        ];
        await FiveCalls.TeachAsync(product.Process, bare, calls);
        List<CallResult> results = [];
        foreach (var call in calls)
        {
            results.Add(await FiveCalls.CompareAsync(options, product.Process, bare, call));
        }

        Report.Write(options, results, product.Process.WorkingSet);
        var most = results.SelectMany(result => result.Bare).Max(round => round.PerSecond);
        var (saml, hashes, signIns) = (new List<double>(), new List<double>(), new List<double>());
        var response = new Genuine().Signed();
        var (hasher, hash) = Hash();
        var password = new Call("sign-in by password", "/POST", _ => product.SignIn());
        for (var round = 0; round <= options.Rounds; round++)
        {
            saml.Add(PerSecond(options.Seconds, () => response.Validate().TryGet(out _, out _)));
            hashes.Add(PerSecond(options.Seconds, () => hasher.VerifyHashedPassword("", hash, SignInServer.Text) == PasswordVerificationResult.Success));
            signIns.Add((await LoadRun.MeasureAsync(product.Process.Url, product.Process, password, Environment.ProcessorCount * 2, TimeSpan.FromSeconds(options.Seconds))).PerSecond);
        }

        var (validated, hashed, signedIn) = (Median(saml), Median(hashes), Median(signIns));
        Console.WriteLine($"SAML responses validated: {validated:n0} a second on all processors, {validated / most:n2} of what the bare endpoint answers");
        Console.WriteLine($"sign-ins by password: {signedIn:n1} a second; hashes of {HashIterations:n0} rounds alone: {hashed:n1} a second; ratio {signedIn / hashed:n2}");
        return 0;
    }

    private static (PasswordHasher<string> Hasher, string Hash) Hash()
    {
        var hasher = new PasswordHasher<string>(Microsoft.Extensions.Options.Options.Create(new PasswordHasherOptions { IterationCount = HashIterations }));
        return (hasher, hasher.HashPassword("", SignInServer.Text));
    }

    // On all processors at once, as a server does it.
    private static double PerSecond(int seconds, Func<bool> work)
    {
        var (started, end) = (Stopwatch.GetTimestamp(), TimeSpan.FromSeconds(seconds));
        var done = new long[Environment.ProcessorCount];
        Parallel.For(0, done.Length, lane =>
        {
            while (Stopwatch.GetElapsedTime(started) < end)
            {
                done[lane] += work() ? 1 : throw new InvalidOperationException("What was to be measured has failed.");
            }
        });
        return done.Sum() / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    // The first round warms up and does not count.
    private static double Median(List<double> rounds) => rounds.Skip(1).Order().ElementAt((rounds.Count - 1) / 2);
}
