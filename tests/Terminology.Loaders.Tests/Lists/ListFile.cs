using System.Text;
using Terminology.Mapping.Lists;

namespace Terminology.Loaders.Lists;

/// <summary>Lists read from bytes in memory.</summary>
internal static class ListFile
{
    public static ReadList Read(string text, ListRecipe? recipe = null, Encoding? encoding = null, string name = "list.csv") => Read((encoding ?? new UTF8Encoding(false)).GetBytes(text), recipe, name);

    public static ReadList Read(byte[] bytes, ListRecipe? recipe = null, string name = "list.csv") => ListReader.Read(() => new MemoryStream(bytes, writable: false), name, recipe);
}
