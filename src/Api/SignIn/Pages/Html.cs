using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;

namespace OrleansIdentity.Api.SignIn.Pages;

/// <summary>A piece of HTML. Made of an interpolated string, whose text is taken as it stands and whose values are encoded, unless they are HTML themselves.</summary>
internal readonly struct Html
{
    private readonly string? _text;

    private Html(string text) => _text = text;

    /// <summary>Nothing.</summary>
    public static Html None => default;

    /// <summary>Makes HTML.</summary>
    public static Html Of(Writer writer) => new(writer.ToString());

    public override string ToString() => _text ?? "";

    /// <summary>Encodes what is put into the text.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Writer
    {
        private readonly StringBuilder _text;

        public Writer(int literalLength, int formattedCount) => _text = new StringBuilder(literalLength + (formattedCount * 32));

        public void AppendLiteral(string literal) => _text.Append(literal);

        public void AppendFormatted(Html html) => _text.Append(html.ToString());

        public void AppendFormatted(string? value) => _text.Append(HtmlEncoder.Default.Encode(value ?? ""));

        public void AppendFormatted(int value) => _text.Append(value);

        public override string ToString() => _text.ToString();
    }
}
