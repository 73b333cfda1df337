using Terminology.Loaders.Rf2;

namespace Terminology.Loaders.Expressions;

/// <summary>Rows of the four MRCM reference sets, as the files of a release have them.</summary>
internal static class TinyConceptModel
{
    public const string Domains = "723560006", AttributeDomains = "723561005", AttributeRanges = "723562003", Scopes = "723563008";
    public const string All = "723596005", Precoordinated = "723594008", Postcoordinated = "723595009", NewPrecoordinated = "723593002", Mandatory = "723597001", Optional = "723598006";

    private const string Folder = "Refset/Metadata/der2_";

    public static TinySnomed Domain(this TinySnomed tiny, string domain, string constraint, string refset = Domains, bool active = true) => tiny.Member(
        Folder + "sssssssRefset_MRCMDomain{0}_{1}", "domainConstraint\tparentDomain\tproximalPrimitiveConstraint\tproximalPrimitiveRefinement\tdomainTemplateForPrecoordination\tdomainTemplateForPostcoordination\tguideURL",
        refset, domain, [constraint, "", constraint, "", "", "", ""], active: active);

    public static TinySnomed InDomain(
        this TinySnomed tiny, string attribute, string domain, bool grouped = true, string times = "0..*", string inGroup = "0..1", string strength = Mandatory, string content = All, string refset = AttributeDomains, bool active = true)
        => tiny.Member(
            Folder + "cissccRefset_MRCMAttributeDomain{0}_{1}", "domainId\tgrouped\tattributeCardinality\tattributeInGroupCardinality\truleStrengthId\tcontentTypeId",
            refset, attribute, [domain, grouped ? "1" : "0", times, inGroup, strength, content], active: active);

    public static TinySnomed Range(this TinySnomed tiny, string attribute, string constraint, string strength = Mandatory, string content = All, string refset = AttributeRanges, bool active = true) => tiny.Member(
        Folder + "ssccRefset_MRCMAttributeRange{0}_{1}", "rangeConstraint\tattributeRule\truleStrengthId\tcontentTypeId", refset, attribute, [constraint, "", strength, content], active: active);

    public static TinySnomed Scope(this TinySnomed tiny, string module, string refset) => tiny.Member(Folder + "cRefset_MRCMModuleScope{0}_{1}", "mrcmRuleRefsetId", Scopes, module, [refset]);
}
