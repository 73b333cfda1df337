using Terminology.CodeSystems;
using Terminology.Mapping.Quality;

namespace Terminology.Server.Maps;

/// <summary>Reads the parts of RxNorm concepts along the relations that lead from a product to its ingredients and brand.</summary>
internal sealed class DrugReader(TargetReader reader)
{
    private const int MostSteps = 4;
    private static readonly string[] Down = ["consists_of", "has_ingredient", "has_ingredients", "has_precise_ingredient", "tradename_of", "contains", "isa", "has_part"];

    public DrugFacts Read(ConceptOrdinal concept)
    {
        var (type, ingredients, brand) = (TypeOf(concept), new SortedSet<string>(StringComparer.OrdinalIgnoreCase), (string?)null);
        var (seen, level) = (new HashSet<ConceptOrdinal> { concept }, new List<ConceptOrdinal> { concept });
        for (var step = 0; step <= MostSteps && level.Count > 0; step++)
        {
            var next = new List<ConceptOrdinal>();
            foreach (var at in level)
            {
                var kind = TypeOf(at);
                if (kind is "IN") ingredients.Add(TargetReader.Text(reader.System.Display(at)));
                else if (kind is "BN" && step > 0) brand ??= TargetReader.Text(reader.System.Display(at));
                else next.AddRange(Down.SelectMany(relation => reader.Linked(at, relation)).Where(seen.Add));
            }
            level = next;
        }
        return new(type, [.. ingredients], brand);
    }

    private string TypeOf(ConceptOrdinal concept) => reader.First(concept, "TTY") ?? "";
}
