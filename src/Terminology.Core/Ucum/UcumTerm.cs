using System.Globalization;

namespace Terminology.Ucum;

/// <summary>A unit expression as a tree that keeps how it was written; <see cref="object.ToString"/> writes it again, letter for letter.</summary>
/// <remarks>UCUM <see href="https://ucum.org/ucum#section-Grammar-of-Units-and-Unit-Terms">grammar of units and unit terms</see>. Products group to the left: <c>a/b.c</c> is (a/b).c.</remarks>
internal abstract record UcumTerm
{
    /// <summary>A unit with what belongs to it.</summary>
    public sealed record Symbol(UcumPrefix? Prefix, UcumUnit Unit, string ExponentText, string? Annotation) : UcumTerm
    {
        /// <summary>1 when none is written.</summary>
        public int Exponent => ExponentText.Length == 0 ? 1 : int.Parse(ExponentText, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

        public override string ToString() => $"{Prefix?.Code}{Unit.Code}{ExponentText}{Braced(Annotation)}";
    }

    /// <summary>A whole number.</summary>
    public sealed record Number(string Digits, string? Annotation) : UcumTerm
    {
        public override string ToString() => Digits + Braced(Annotation);
    }

    /// <summary>A remark that stands alone: the unit one.</summary>
    public sealed record Remark(string Text) : UcumTerm
    {
        public override string ToString() => Braced(Text);
    }

    /// <summary>A term in parentheses.</summary>
    public sealed record Group(UcumTerm Inner, string? Annotation) : UcumTerm
    {
        public override string ToString() => $"({Inner}){Braced(Annotation)}";
    }

    /// <summary>Two terms multiplied, or divided; the left one is missing where the expression begins with a slash.</summary>
    public sealed record Product(UcumTerm? Left, bool Divides, UcumTerm Right) : UcumTerm
    {
        public override string ToString() => $"{Left}{(Divides ? '/' : '.')}{Right}";
    }

    private static string Braced(string? annotation) => annotation is null ? "" : $"{{{annotation}}}";
}
