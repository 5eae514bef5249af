using System.Diagnostics.CodeAnalysis;

namespace OrleansIdentity.Grains.Profiles;

/// <summary>E-mail addresses, as far as one can tell by looking: something before one <c>@</c>, and a domain behind it.</summary>
internal static class EmailAddress
{
    private const int MaxLength = 254;

    public static bool IsOne([NotNullWhen(true)] string? text)
    {
        if (text is null || text.Length > MaxLength || text.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter)))
        {
            return false;
        }

        var at = text.IndexOf('@');
        return at > 0 && at == text.LastIndexOf('@') && at < text.Length - 1 && text[at + 1] != '.' && text[^1] != '.';
    }
}
