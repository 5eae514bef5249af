using System.Text;

namespace OrleansIdentity.Scim.Schemas;

/// <summary>The one definition of "without regard to case": filters and unique keys both use it, so they cannot disagree.</summary>
public static class CaseFolding
{
    /// <summary>Normalisation form C, then upper case by the invariant culture.</summary>
    public static string Fold(string value)
    {
        if (Ascii.IsValid(value))
        {
            return value.ToUpperInvariant();
        }

        // An unpaired surrogate has no normal form; it is compared as it is.
        return IsWellFormed(value) ? value.Normalize(NormalizationForm.FormC).ToUpperInvariant() : value.ToUpperInvariant();
    }

    /// <summary>Whether every surrogate is one of a pair.</summary>
    public static bool IsWellFormed(string value)
    {
        for (var index = 0; index < value.Length; index++)
        {
            if (char.IsHighSurrogate(value[index]) && index + 1 < value.Length && char.IsLowSurrogate(value[index + 1]))
            {
                index++;
            }
            else if (char.IsSurrogate(value[index]))
            {
                return false;
            }
        }

        return true;
    }
}
