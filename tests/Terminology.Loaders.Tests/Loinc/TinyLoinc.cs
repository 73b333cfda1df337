using System.Text;

namespace Terminology.Loaders.Loinc;

/// <summary>A LOINC release of one test: tables by column name, written as the real files, every field quoted.</summary>
internal sealed class TinyLoinc
{
    public const string Glucose = "2345-7", GlucoseMoles = "14749-6", Smoking = "72166-2", OldGlucose = "1009-0", Panel = "24323-8", Sodium = "2951-2";
    private const string Folder = "Loinc_2.82/";

    private readonly Dictionary<string, (string Header, List<string[]> Rows)> _files = new(StringComparer.Ordinal);

    /// <summary>A term by columns of Loinc.csv; axes as <c>Glucose:MCnc:Pt:Ser/Plas:Qn</c>.</summary>
    public TinyLoinc Term(string code, string name, string axes = "", string status = "ACTIVE", string @class = "CHEM", string related = "", string copyright = "", string statusText = "")
    {
        string[] six = [.. axes.Split(':'), .. Enumerable.Repeat("", 6)];
        return Row("LoincTable/Loinc.csv",
            "LOINC_NUM,COMPONENT,PROPERTY,TIME_ASPCT,SYSTEM,SCALE_TYP,METHOD_TYP,CLASS,STATUS,RELATEDNAMES2,SHORTNAME,EXTERNAL_COPYRIGHT_NOTICE,LONG_COMMON_NAME,STATUS_TEXT",
            code, six[0], six[1], six[2], six[3], six[4], six[5], @class, status, related, $"{name} short", copyright, name, statusText);
    }

    public TinyLoinc Part(string code, string type, string name, string? shown = null)
        => Row("AccessoryFiles/PartFile/Part.csv", "PartNumber,PartTypeName,PartName,PartDisplayName,Status", code, type, name, shown ?? name, "ACTIVE");

    public TinyLoinc Link(string term, string part, string property, string link = "Primary")
        => Row($"AccessoryFiles/PartFile/LoincPartLink_{(link == "Primary" ? link : "Supplementary")}.csv", "LoincNumber,LongCommonName,PartNumber,PartName,PartCodeSystem,PartTypeName,LinkTypeName,Property",
            term, "", part, "", "http://loinc.org", property, link, $"http://loinc.org/property/{property}");

    public TinyLoinc Answer(string list, string answer, string sequence, string text, string score = "", string file = "AccessoryFiles/AnswerFile/AnswerList.csv")
        => Row(file, "AnswerListId,AnswerListName,AnswerListOID,ExtDefinedYN,AnswerStringId,LocalAnswerCode,SequenceNumber,DisplayText,ExtCodeId,ExtCodeDisplayName,ExtCodeSystem,Score",
            list, "Severity", "1.2.3", "N", answer, "", sequence, text, "255604002", "Mild (qualifier value)", "http://snomed.info/sct", score);

    public TinyLoinc AnswerLink(string term, string list, string type)
        => Row("AccessoryFiles/AnswerFile/LoincAnswerListLink.csv", "LoincNumber,LongCommonName,AnswerListId,AnswerListName,AnswerListLinkType,ApplicableContext", term, "", list, "", type, "");

    public TinyLoinc Member(string form, string panel, string sequence, string member, string required = "R")
        => Row("AccessoryFiles/PanelsAndForms/PanelsAndForms.csv", "ParentId,ParentLoinc,ParentName,ID,SEQUENCE,Loinc,LoincName,DisplayNameForForm,ObservationRequiredInPanel", form, panel, "", "1", sequence, member, "", "", required);

    /// <summary>A file by its header and rows.</summary>
    public TinyLoinc Row(string file, string header, params string[] fields)
    {
        if (!_files.TryGetValue(file, out var known)) _files[file] = known = (header, []);
        known.Rows.Add(fields);
        return this;
    }

    public ImportedRelease Load(ImportOptions? options = null)
    {
        using var folder = new TemporaryFiles();
        foreach (var (file, (header, rows)) in _files)
        {
            var text = string.Concat(rows.Prepend(header.Split(',')).Select(fields => string.Join(',', fields.Select(field => $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + "\r\n"));
            folder.Write(Folder + file, Encoding.UTF8.GetBytes(text));
        }
        return ImportedRelease.Load(folder.Path, options);
    }
}
