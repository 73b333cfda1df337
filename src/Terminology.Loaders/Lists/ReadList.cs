using Terminology.Mapping.Lists;

namespace Terminology.Loaders.Lists;

/// <summary>A source list as it was read.</summary>
/// <param name="Table">Its rows, and the account of every line.</param>
/// <param name="Recipe">How it was read: the recipe given, with what it left open as it was found out. Roles of columns are only those given, and those that FHIR says.</param>
/// <param name="Notes">What was found out, one sentence each, for the person who confirms it.</param>
public sealed record ReadList(ListTable Table, ListRecipe Recipe, IReadOnlyList<string> Notes);
