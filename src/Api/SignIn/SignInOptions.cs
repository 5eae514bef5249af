using System.ComponentModel.DataAnnotations;

namespace OrleansIdentity.Api.SignIn;

/// <summary>What signing in costs; section <c>SignIn</c>.</summary>
public sealed class SignInOptions
{
    /// <summary>Rounds of PBKDF2-HMAC-SHA512 that a password's hash takes. Hashes of fewer rounds are made anew at the next sign-in.</summary>
    [Range(10_000, 10_000_000, ErrorMessage = "SignIn:HashIterations must be from 10000 to 10000000.")]
    public int HashIterations { get; set; } = 210_000;
}
