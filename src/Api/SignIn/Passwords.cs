using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;

namespace OrleansIdentity.Api.SignIn;

/// <summary>Hashes passwords, as many at once as there are processors: what waits for one of them does not take it from everybody else.</summary>
internal sealed class Passwords : IDisposable
{
    /// <summary>The fewest characters that a new password has.</summary>
    public const int MinLength = 12;

    /// <summary>The most characters that a password has.</summary>
    public const int MaxLength = 128;

    private static readonly object Nobody = new();

    private readonly IPasswordHasher<object> _hasher;
    private readonly SemaphoreSlim _turns = new(Environment.ProcessorCount);
    private readonly string _decoy;

    public Passwords(IPasswordHasher<object> hasher)
    {
        _hasher = hasher;
        _decoy = hasher.HashPassword(Nobody, Convert.ToHexString(RandomNumberGenerator.GetBytes(16)));
    }

    /// <summary>What is wrong with a new password, in a sentence that says what to do; null when nothing is.</summary>
    /// <param name="password">What was typed.</param>
    /// <param name="login">What the person signs in with.</param>
    public static string? Complaint(string password, string login) => Normalise(password) switch
    {
        { Length: < MinLength } => $"The password is too short. Use {MinLength} characters or more; a few words are fine.",
        { Length: > MaxLength } => $"The password is too long. Use {MaxLength} characters or fewer.",
        var text when text.Contains(login.Split('@')[0], StringComparison.OrdinalIgnoreCase) && login.Split('@')[0].Length > 2 =>
            "The password contains your own name. Choose one that nobody who knows you would try.",
        var text when text.Distinct().Count() < 5 => "The password repeats too few characters. Choose another one.",
        _ => null,
    };

    /// <summary>Hashes a new password.</summary>
    public Task<string> HashAsync(string password, CancellationToken cancellationToken) =>
        TakeTurnAsync(() => _hasher.HashPassword(Nobody, Normalise(password)), cancellationToken);

    /// <summary>Holds a password against a hash; where there is none, against that of nobody's password, so that it takes the same work.</summary>
    public Task<PasswordVerificationResult> VerifyAsync(string? hash, string password, CancellationToken cancellationToken) => TakeTurnAsync(
        () =>
        {
            var result = _hasher.VerifyHashedPassword(Nobody, hash ?? _decoy, Normalise(password));
            return hash is null ? PasswordVerificationResult.Failed : result;
        },
        cancellationToken);

    public void Dispose() => _turns.Dispose();

    // NIST SP 800-63B §3.1.1.2: the same characters, typed on another keyboard, are the same password.
    private static string Normalise(string password)
    {
        try
        {
            return password.Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            // Half a surrogate pair: no keyboard types it, and it is compared as it is.
            return password;
        }
    }

    private async Task<T> TakeTurnAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        try
        {
            return work();
        }
        finally
        {
            _turns.Release();
        }
    }
}
