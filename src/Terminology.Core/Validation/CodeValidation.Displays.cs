using Terminology.CodeSystems;
using Terminology.Issues;
using Terminology.ValueSets;

namespace Terminology.Validation;

/// <summary>Is the display one of the concept, in the language asked for?</summary>
internal sealed partial class CodeValidation
{
    /// <summary>A display that a concept may come with.</summary>
    /// <param name="Text">As written.</param>
    /// <param name="Language">Its language, or empty.</param>
    /// <param name="IsOffered">Is it what one would choose, or a text of a special kind that is taken when it comes?</param>
    /// <param name="Status">Why it is none any more: inactive, deprecated, withdrawn; null while it is one.</param>
    private readonly record struct Name(string Text, string Language, bool IsOffered, string? Status)
    {
        public bool Active => Status is null;
    }

    private IReadOnlyList<string> Languages => field ??= scope.Languages.Count > 0
        ? scope.Languages
        : DisplayLanguages.Parse(_valueSet?.ExpansionParameters.GetValueOrDefault("displayLanguage") ?? _valueSet?.Language);

    private string LanguageNames => Languages.Count == 0 ? "--" : string.Join(",", Languages);

    private string? DisplayOf(CodeCheck check) => DisplayChooser.Text(check.Found.CodeSystem!, check.Found.Concept, Languages, Supplements.Of(check.Found.CodeSystem!));

    private void CheckDisplay(CodeCheck check)
    {
        if (string.IsNullOrEmpty(check.Coding.Display)) return;
        var (given, found) = (check.Coding.Display, check.Found);
        var names = Names(found);
        var active = names.FindAll(name => name.Active);
        if (active.Count == 0) return;
        var right = active.FindAll(name => Fits(name.Language));
        if (right.Exists(name => IsSame(name.Text, given))) return;
        // Nobody publishes displays of dual codes.
        var isPair = found.CodeSystem is Icd10.DualCodeSystem dual && dual.PartsOf(found.Concept) is not null;
        var severity = request.LenientDisplay || isPair ? IssueSeverity.Warning : IssueSeverity.Error;
        if (right.Count == 0)
        {
            var usual = DisplayOf(check) ?? active[0].Text;
            if (active.Exists(name => IsSame(name.Text, given)))
            {
                check.Tell(IssueType.Invalid, "invalid-display", "display", "NO_VALID_DISPLAY_FOUND_NONE_FOR_LANG_OK", Messages.DisplayOfDefaultLanguage(given, found.System!, found.Code, LanguageNames));
            }
            else
            {
                check.Add(severity, IssueType.Invalid, "invalid-display", check.At("display"), "NO_VALID_DISPLAY_FOUND_NONE_FOR_LANG_ERR", Messages.WrongDisplayNoneInLanguage(given, found.System!, found.Code, LanguageNames, usual));
            }
            return;
        }
        if (names.Find(name => !name.Active && IsSame(name.Text, given)) is { Status: { } status })
        {
            check.Warn(IssueType.Invalid, "display-comment", "display", "INACTIVE_DISPLAY_FOUND", Messages.InactiveDisplay(given, found.Code, status, [.. right.Select(name => name.Text)]));
            return;
        }
        var choices = right.Where(name => name.IsOffered).Select(name => (name.Text, name.Language)).ToArray();
        if (right.Exists(name => IsSame(Squeezed(name.Text), Squeezed(given))))
        {
            check.Add(severity, IssueType.Invalid, "invalid-display", check.At("display"), "Display_Name_WS_for__should_be_one_of__instead_of", Messages.WrongDisplaySpaces(given, found.System!, found.Code, choices, LanguageNames));
            return;
        }
        check.Add(severity, IssueType.Invalid, "invalid-display", check.At("display"), "Display_Name_for__should_be_one_of__instead_of", Messages.WrongDisplay(given, found.System!, found.Code, choices, LanguageNames));
    }

    /// <summary>The names of a concept: of the code system, of the supplements used, of the value set. Definitions are none.</summary>
    private List<Name> Names(ResolvedCoding found)
    {
        var names = new List<Name>();
        var system = found.CodeSystem!;
        Add(system, found.Concept);
        foreach (var name in service.CommonNames(system, found.Concept)) AddName(name, system.Info.Language ?? "", status: null);
        foreach (var supplement in Supplements.Of(system))
        {
            if (supplement.TryFind(system.Code(found.Concept), out var there)) Add(supplement, there);
        }
        if (_valueSet is not null && ValueSetEvaluator.Enumerated(_valueSet, system, found.Concept) is { } reference)
        {
            if (reference.Display is { } display) AddName(display, _valueSet.Language ?? "", status: null);
            foreach (var designation in reference.Designations) AddName(designation.Value, designation.Language ?? "", StatusOf(designation.Extensions), IsOffered(designation.Use, system));
        }
        return names;

        void Add(ICodeSystem source, ConceptOrdinal concept)
        {
            var range = source.Designations(concept);
            for (var i = range.Start; i < range.End; i++)
            {
                var designation = source.Designation(i);
                if (designation.Use == DesignationUses.Definition || designation.Use == DesignationUses.TextDefinition) continue;
                AddName(TerminologyService.Text(designation.Value), designation.Language.Length > 0 ? designation.Language : source.Info.Language ?? "", designation.Active ? StatusOf(designation.Extensions) : "inactive", IsOffered(designation.Use, source));
            }
        }

        void AddName(string text, string language, string? status, bool isOffered = true)
        {
            if (!names.Exists(name => name.Text == text && name.Language == language && name.Status == status)) names.Add(new(text, language, isOffered, status));
        }
    }

    /// <summary>A use that neither HL7, nor SNOMED CT, nor the code system itself defines makes a text of a special kind.</summary>
    private static bool IsOffered(Coding? use, ICodeSystem system)
        => use?.System is null || use.System == system.Info.Url.Value || use.System == CodeSystemUri.Snomed.Value || use.System.StartsWith("http://terminology.hl7.org/", StringComparison.Ordinal);

    private static string? StatusOf(IReadOnlyList<Extension>? extensions)
        => extensions?.FirstOrDefault(extension => extension.Url == Extension.StandardsStatus) is { Value: "deprecated" or "withdrawn" } status ? status.Value : null;

    private bool Fits(string language) => Languages.Count == 0 || language.Length == 0 || Languages.Any(asked => DisplayChooser.Fits(language, asked));

    private static bool IsSame(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static string Squeezed(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
