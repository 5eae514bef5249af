using System.Text;
using System.Text.Json;
using OrleansIdentity.Scim.Resources;

namespace OrleansIdentity.Scim.Filters;

/// <summary>Takes a filter or path apart: words, JSON scalars, brackets.</summary>
internal ref struct FilterLexer(string text)
{
    private int _position;

    /// <summary>Where the next token begins.</summary>
    public readonly int Position => _position;

    /// <summary>Whether nothing but spaces follows.</summary>
    public bool AtEnd => Peek() == '\0' && _position >= text.Length;

    /// <summary>The next character that is not a space; NUL at the end.</summary>
    public char Peek()
    {
        while (_position < text.Length && text[_position] == ' ')
        {
            _position++;
        }

        return _position < text.Length ? text[_position] : '\0';
    }

    /// <summary>Takes the character if it is next.</summary>
    public bool Take(char expected)
    {
        if (Peek() != expected || _position >= text.Length)
        {
            return false;
        }

        _position++;
        return true;
    }

    /// <summary>Takes a word: everything up to a space or a bracket. Empty when there is none.</summary>
    public string Word()
    {
        Peek();
        var start = _position;
        while (_position < text.Length && text[_position] is not (' ' or '(' or ')' or '[' or ']' or '"'))
        {
            _position++;
        }

        return text[start.._position];
    }

    /// <summary>Takes the word if it is next, in any letter case.</summary>
    public bool TakeWord(string expected)
    {
        var before = _position;
        if (Word().Equals(expected, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        _position = before;
        return false;
    }

    /// <summary>Takes a JSON scalar: string, number, <c>true</c>, <c>false</c> or <c>null</c>.</summary>
    public bool TryScalar(out JsonElement scalar)
    {
        var start = Peek() == '"' ? SkipString() : SkipWord();
        scalar = default;
        if (start < 0)
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text[start.._position]));
            return JsonElement.TryParseValue(ref reader, out var parsed)
                && reader.BytesConsumed == Encoding.UTF8.GetByteCount(text.AsSpan(start, _position - start))
                && Scalar(parsed.Value, out scalar);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool Scalar(JsonElement parsed, out JsonElement scalar)
    {
        scalar = parsed;
        return parsed.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array) && JsonBody.IsUnicode(parsed);
    }

    private int SkipWord()
    {
        var start = _position;
        return Word().Length == 0 ? -1 : start;
    }

    private int SkipString()
    {
        var start = _position++;
        while (_position < text.Length)
        {
            switch (text[_position++])
            {
                case '\\':
                    _position++;
                    break;
                case '"':
                    return start;
            }
        }

        _position = text.Length;
        return -1;
    }
}
