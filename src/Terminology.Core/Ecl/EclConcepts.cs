namespace Terminology.Ecl;

/// <summary>Identifiers of SNOMED CT metadata that the language itself names.</summary>
internal static class EclConcepts
{
    public const string Synonym = "900000000000013009", FullySpecifiedName = "900000000000003001", TextDefinition = "900000000000550004";
    public const string Primitive = "900000000000074008", Defined = "900000000000073002";
    public const string Acceptable = "900000000000549004", Preferred = "900000000000548007";
    public const string SameAs = "900000000000527005", ReplacedBy = "900000000000526001", WasA = "900000000000528000", PartiallyEquivalentTo = "1186924009";
    public const string HistoricalAssociation = "900000000000522004", IdentifierScheme = "900000000000453004", IsA = "116680003", Root = "138875005";
}
