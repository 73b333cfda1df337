namespace Terminology.Mapping.Quality.Meaning;

/// <summary>How specimens of lists stand to the LOINC axis System.</summary>
internal enum SystemFit
{
    /// <summary>Nothing can be said: one of both is not known.</summary>
    Unknown,

    /// <summary>The same, or usual words for the same.</summary>
    Same,

    /// <summary>The system is a part, or a way to prepare, what the list says: blood is taken, serum is measured.</summary>
    Within,

    /// <summary>The system is vague: any fluid, any specimen.</summary>
    Vague,

    /// <summary>Another specimen.</summary>
    Other,
}

/// <summary>LOINC systems by the specimens of <see cref="Lists.SpecimenWords"/>.</summary>
internal static class LoincSystems
{
    /// <summary>Systems that stand for any specimen or fluid.</summary>
    private static readonly HashSet<string> Vague = new(["XXX", "Body fld", "Specimen", "Fluid", "Asp", "Tiss/Body fld", "*", "Bld/Tiss", "Bld/Body fld", "{Specimen}", "Body fld/Tiss"], StringComparer.Ordinal);

    private static readonly string[] OfBlood = ["Bld", "BldA", "BldV", "BldC", "BldMV", "BldCo", "BldCoA", "BldCoV", "BldP", "Ser", "Plas", "PPP", "PRP", "RBC", "WBC", "Plt", "Bld.dot", "Ser/Plas", "Bld^Control", "RBCCo", "Lymph", "Bld/Bone mar", "BuffyCoat"];

    private static readonly Dictionary<string, (string[] Same, string[] Within)> Known = new(StringComparer.Ordinal)
    {
        ["blood"] = (["Bld"], OfBlood),
        ["venous blood"] = (["BldV", "Bld"], OfBlood),
        ["arterial blood"] = (["BldA"], ["Bld"]),
        ["capillary blood"] = (["BldC"], ["Bld", "Bld.dot"]),
        ["cord blood"] = (["BldCo", "BldCoA", "BldCoV"], ["Bld", "SerCo", "Ser", "Plas"]),
        ["serum"] = (["Ser", "Ser/Plas"], []),
        ["plasma"] = (["Plas", "Ser/Plas", "PPP", "PRP"], []),
        ["serum or plasma"] = (["Ser/Plas", "Ser", "Plas"], ["PPP"]),
        ["urine"] = (["Urine"], ["Urine sed", "Calculus"]),
        ["24 hour urine"] = (["Urine"], []),
        ["cerebrospinal fluid"] = (["CSF"], []),
        ["stool"] = (["Stool", "Meconium"], []),
        ["sputum"] = (["Sputum"], ["Respiratory", "Resp", "Lower respiratory"]),
        ["saliva"] = (["Saliva"], []),
        ["swab"] = ([], []),
        ["nasopharyngeal swab"] = (["Nph"], ["Respiratory"]),
        ["pleural fluid"] = (["Plr fld"], []),
        ["ascites"] = (["Periton fld", "Asc"], []),
        ["peritoneal fluid"] = (["Periton fld"], ["Dial fld prt"]),
        ["synovial fluid"] = (["Synv fld"], []),
        ["amniotic fluid"] = (["Amnio fld"], []),
        ["body fluid"] = (["Body fld", "XXX"], ["CSF", "Plr fld", "Periton fld", "Synv fld", "Amnio fld", "Pericard fld", "Dial fld", "Gast fld", "Bil fld", "Bronchial", "Drain", "Asp", "Semen", "Saliva", "Sputum", "Sweat", "BAL", "Tiss", "Stool", "Cyst fld", "Nph", "Specimen", "Eye fld", "Vitr fld", "Vag", "Cvx", "Cvm", "Genital fld", "Gastric", "Bone mar"]),
        ["bone marrow"] = (["Bone mar"], ["Bld/Bone mar"]),
        ["tissue"] = (["Tiss"], []),
        ["hair"] = (["Hair"], []),
        ["semen"] = (["Semen"], ["Sperm"]),
        ["breath"] = (["Exhl gas", "Breath"], []),
        ["bronchoalveolar lavage"] = (["BAL", "Bronchial"], []),
        ["gastric fluid"] = (["Gast fld"], []),
        ["erythrocytes"] = (["RBC"], []),
        ["leukocytes"] = (["WBC"], []),
        ["bile"] = (["Bil fld", "Bile"], []),
        ["calculus"] = (["Calculus", "Stone"], []),
    };

    /// <summary>Systems that are no specimen: what grows, is given or asked is not what the list calls a specimen.</summary>
    private static readonly HashSet<string> NoSpecimen = new(["Isolate", "Dose", "Report", "Env", "Setting", "Patient", "BPU", "Donor", "Control", "Reagent", "Tumor", "Cancer", "Cell", "Organism", "Device", "Ventilator", "Inhl gas", "Inhaled gas", "Humidifier", "Respiratory system", "Airway"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Is the system one that stands for any specimen?</summary>
    public static bool IsVague(string system) => Vague.Contains(Bare(system));

    /// <summary>The systems that are a specimen itself, the plainest first.</summary>
    public static IReadOnlyList<string> For(string specimen) => Known.TryGetValue(specimen, out var known) ? known.Same : [];

    /// <summary>How a specimen stands to a LOINC system.</summary>
    /// <param name="specimen">English name, see <see cref="Lists.SpecimenWords"/>; empty: not known.</param>
    /// <param name="system">The axis as the release writes it.</param>
    public static SystemFit Fit(string specimen, string system)
    {
        var bare = Bare(system);
        if (bare.Length == 0 || !Known.TryGetValue(specimen, out var known) || (known.Same.Length == 0 && !IsVague(system))) return SystemFit.Unknown;
        if (NoSpecimen.Contains(bare) || NoSpecimen.Contains(bare.Split('.')[0])) return SystemFit.Unknown;
        // Several systems are joined by + and /; one that fits is enough.
        string[] parts = [bare, .. bare.Split('+', '/')];
        if (parts.Any(known.Same.Contains)) return SystemFit.Same;
        if (Vague.Contains(bare) || parts.Any(part => part is "XXX" or "Body fld")) return SystemFit.Vague;
        return parts.Any(part => known.Within.Contains(part) || known.Within.Contains(part.Split('.')[0])) ? SystemFit.Within : SystemFit.Other;
    }

    /// <summary>Without the super-system (<c>^Patient</c>), which is whose specimen it is.</summary>
    private static string Bare(string system) => system.Split('^')[0].Trim();
}
