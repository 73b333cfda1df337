using System.Globalization;
using System.Text;
using Terminology.CodeSystems;
using Terminology.Issues;

namespace Terminology.Ecl;

/// <summary>Members of reference sets, by the sets that the index has ready or row by row.</summary>
internal sealed partial class EclEvaluator
{
    private const string ReferencedComponent = "referencedComponentId";

    private delegate bool RowTest(in MemberView row);

    private ConceptSet Members(MemberOf members)
    {
        var refsets = RefsetsOf(members.Refsets);
        var field = FieldOf(members, refsets);
        if (field is null && members.Filters.Count == 0) return Union(refsets.Select(refset => system.Refsets!.Members(refset.Id)), refsets.Count);
        CheckFields(members, refsets);
        var found = new Marks(system.Count);
        var filters = members.Filters.Select(Prepare).ToArray();
        foreach (var refset in refsets) Collect(refset, members.Filters, filters, field, found);
        return found.ToSet();
    }

    private bool IsRefset(string id) => system.Refsets?.All.Any(refset => refset.Id == id) == true;

    private List<RefsetInfo> RefsetsOf(ExpressionConstraint constraint)
    {
        if (system.Refsets is not { } refsets) return [];
        var ids = Ids(constraint);
        return [.. refsets.All.Where(refset => ids.Contains(refset.Id))];
    }

    private void Collect(RefsetInfo refset, IReadOnlyList<EclFilter> filters, Func<RefsetInfo, RowTest>[] prepared, string? field, Marks found)
    {
        var tests = prepared.Select(prepare => prepare(refset)).ToArray();
        var anyState = filters.Any(filter => filter is ActiveFilter);
        var column = field is null ? -1 : ColumnOf(refset, field);
        var refsets = system.Refsets!;
        if (Indexed(refset, filters) is { } positions)
        {
            foreach (var position in positions) Look(position);
            return;
        }
        var range = refsets.Positions(refset.Id);
        for (var position = range.Start; position < range.End; position++) Look(position);

        void Look(int position)
        {
            budget.Spend(1);
            var row = refsets.Member(position);
            if (!row.Active && !anyState) return;
            foreach (var test in tests)
            {
                if (!test(row)) return;
            }
            if (Answer(row, refset, field, column) is { Exists: true } concept) found.Add(concept.Value);
        }
    }

    private ConceptOrdinal Answer(in MemberView row, RefsetInfo refset, string? field, int column)
    {
        if (field is null) return row.Concept;
        if (column >= 0) return system.TryFind(row.Field(column), out var value) ? value : ConceptOrdinal.None;
        return TryFind(Is(field, "moduleId") ? row.Module : refset.Id, out var concept) ? concept : ConceptOrdinal.None;
    }

    /// <summary>Rows that the index of a field gives, when a filter names few values of it; null: read all.</summary>
    private List<int>? Indexed(RefsetInfo refset, IReadOnlyList<EclFilter> filters)
    {
        foreach (var filter in filters)
        {
            if (filter is not MemberFieldFilter { Value: ConceptComparison { Operator: ComparisonOperator.Equal } value } named) continue;
            var column = ColumnOf(refset, named.Field);
            if (column < 0 || column >= refset.Pattern.Length || refset.Pattern[column] != 'c' || refset.Type == RefsetType.Language) continue;
            var ids = Ids(value.Concepts);
            if (ids.IsAll || (ids.Concepts.Count + ids.Ids.Count) * 20L > system.Refsets!.Positions(refset.Id).Count) continue;
            var texts = ids.Ids.Concat(ids.Concepts.Select(concept => TerminologyService.Text(system.Code(concept)))).Distinct(StringComparer.Ordinal);
            return [.. texts.SelectMany(text => system.Refsets!.PositionsWith(refset.Id, column, text))];
        }
        return null;
    }

    /// <summary>The field whose values are asked for; null for the members themselves.</summary>
    private string? FieldOf(MemberOf members, List<RefsetInfo> refsets)
    {
        if (members.Fields.Count == 0) return null;
        if (members.Fields.Count > 1 || (members.Fields[0] == "*" && refsets.Any(refset => refset.Columns.Count > 0))) throw new NotSupported(Messages.SeveralEclFields(expression));
        return members.Fields[0] == "*" || Is(members.Fields[0], ReferencedComponent) ? null : members.Fields[0];
    }

    private void CheckFields(MemberOf members, List<RefsetInfo> refsets)
    {
        if (refsets.Count == 0) return;
        var asked = members.Fields.Where(field => field != "*");
        foreach (var field in asked.Concat(members.Filters.OfType<MemberFieldFilter>().Select(filter => filter.Field)))
        {
            if (Is(field, ReferencedComponent) || Is(field, "moduleId") || Is(field, "refsetId") || refsets.Any(refset => ColumnOf(refset, field) >= 0)) continue;
            throw Invalid(field, Messages.UnknownEclField(expression, field, [ReferencedComponent, .. refsets.SelectMany(refset => refset.Columns).Distinct(StringComparer.Ordinal)]));
        }
    }

    private static int ColumnOf(RefsetInfo refset, string field)
    {
        for (var i = 0; i < refset.Columns.Count; i++)
        {
            if (Is(refset.Columns[i], field)) return i;
        }
        return -1;
    }

    private static bool Is(string name, string field) => name.Equals(field, StringComparison.OrdinalIgnoreCase);

    /// <summary>What a filter asks of the rows of each reference set; sets it compares with are evaluated once.</summary>
    private Func<RefsetInfo, RowTest> Prepare(EclFilter filter)
    {
        switch (filter)
        {
            case ActiveFilter active:
                return _ => (in row) => active.Active is null || row.Active == active.Active;
            case EffectiveTimeFilter time:
                return _ => (in row) => Fits(row.EffectiveTime, time.Value);
            case ModuleFilter module:
                var modules = Ids(module.Modules);
                return _ => (in row) => modules.Contains(row.Module) != module.IsNot;
            case MemberFieldFilter { Value: ConceptComparison concepts } named when Is(named.Field, ReferencedComponent):
                var components = Ids(concepts.Concepts);
                return _ => (in row) => row.Concept.Exists && (components.IsAll || components.Concepts.Contains(row.Concept)) == (concepts.Operator == ComparisonOperator.Equal);
            case MemberFieldFilter { Value: ConceptComparison refsets } named when Is(named.Field, "refsetId"):
                var ids = Ids(refsets.Concepts);
                return refset => (in _) => ids.Contains(refset.Id) == (refsets.Operator == ComparisonOperator.Equal);
            case MemberFieldFilter named:
                var test = FieldTest(named.Value);
                return refset => ColumnOf(refset, named.Field) is >= 0 and var column ? (in row) => test(row.Field(column)) : (in _) => false;
            default:
                throw new ArgumentOutOfRangeException(nameof(filter));
        }
    }

    private ValueTest FieldTest(Comparison comparison)
    {
        var wanted = comparison.Operator == ComparisonOperator.Equal;
        switch (comparison)
        {
            case ConceptComparison concepts:
                var ids = Ids(concepts.Concepts);
                return value => !value.IsEmpty && ids.Contains(value) == wanted;
            case NumberComparison number:
                return value => TryNumber(value, out var found) && Fits(found.CompareTo(number.Number), number.Operator);
            case BooleanComparison boolean:
                return value => TryBoolean(value, out var found) && (found == boolean.Value) == wanted;
            case TermComparison terms:
                var test = TermTest.Any(terms.Terms);
                return value => test.Matches(value) == wanted;
            case TimeComparison times:
                return value => (value.IsEmpty || EffectiveTime.TryParse(value, out _)) && Fits(value.IsEmpty ? default : Time(value), times);
            default:
                throw new ArgumentOutOfRangeException(nameof(comparison));
        }
    }

    private static EffectiveTime Time(ReadOnlySpan<byte> value) => EffectiveTime.TryParse(value, out var time) ? time : default;

    private static bool TryNumber(ReadOnlySpan<byte> value, out decimal number)
        => decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);

    private static bool TryBoolean(ReadOnlySpan<byte> value, out bool found)
    {
        found = Ascii.EqualsIgnoreCase(value, "true"u8) || value.SequenceEqual("1"u8);
        return found || Ascii.EqualsIgnoreCase(value, "false"u8) || value.SequenceEqual("0"u8);
    }

    private static bool Fits(int order, ComparisonOperator comparison) => comparison switch
    {
        ComparisonOperator.Equal => order == 0,
        ComparisonOperator.NotEqual => order != 0,
        ComparisonOperator.Less => order < 0,
        ComparisonOperator.LessOrEqual => order <= 0,
        ComparisonOperator.Greater => order > 0,
        _ => order >= 0,
    };

    /// <summary>Not equal: to none of them; otherwise: to any. What is not published is neither before nor after.</summary>
    private static bool Fits(EffectiveTime time, TimeComparison comparison) => comparison.Operator switch
    {
        ComparisonOperator.Equal => comparison.Times.Contains(time),
        ComparisonOperator.NotEqual => !comparison.Times.Contains(time),
        _ => time.IsKnown && comparison.Times.Any(other => other.IsKnown && Fits(time.CompareTo(other), comparison.Operator)),
    };

    /// <summary>Identifiers that a filter names or a constraint in it answers.</summary>
    private IdTest Ids(ExpressionConstraint constraint)
    {
        var (ids, all, concepts) = (new HashSet<string>(StringComparer.Ordinal), false, ConceptSet.Empty);
        Add(constraint);
        return new(system, all, ids, concepts);

        void Add(ExpressionConstraint part)
        {
            switch (part)
            {
                // Within a disjunction it is the concepts that it stands for.
                case AnyConcept when part == constraint:
                    all = true;
                    break;
                case ConceptReference reference:
                    ids.Add(reference.Id);
                    if (TryFind(reference.Id, out var concept)) concepts = concepts.Or(ConceptSet.Single(concept));
                    break;
                case Disjunction or:
                    foreach (var operand in or.Operands) Add(operand);
                    break;
                default:
                    concepts = concepts.Or(Of(part));
                    break;
            }
        }
    }
}
