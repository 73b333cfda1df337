using Terminology.Releases;
using Terminology.Store.Files;

namespace Terminology.Store;

/// <summary>FHIR resources in a release file: a small index, and the JSON read from the map when asked for.</summary>
internal static class ResourceStore
{
    public static void Write(IReadOnlyList<ResourceRecord> resources, SectionWriter writer)
    {
        if (resources.Count == 0) return;
        var index = new TextWriterBuffer();
        index.Number(resources.Count);
        using (var heap = writer.Begin(SectionId.ResourceHeap))
        {
            foreach (var resource in resources)
            {
                index.Text(resource.ResourceType);
                index.Text(resource.Url);
                index.Text(resource.Version);
                index.Text(resource.Id);
                index.Number((int)resource.Status);
                index.Text(resource.Date);
                index.Number(resource.Index.Count);
                foreach (var (name, values) in resource.Index)
                {
                    index.Text(name);
                    index.Number(values.Count);
                    foreach (var value in values) index.Text(value);
                }
                index.Long(heap.Length);
                index.Number(resource.Json.Length);
                heap.Write(resource.Json.Span);
            }
        }
        writer.Add<byte>(SectionId.ResourceIndex, index.Written);
    }

    public static IReadOnlyList<ResourceRecord> Open(MappedFile file)
    {
        if (!file.Has(SectionId.ResourceIndex)) return [];
        var reader = new TextReaderBuffer(file.Column<byte>(SectionId.ResourceIndex).Span);
        var heap = file.Column<byte>(SectionId.ResourceHeap);
        var resources = new ResourceRecord[reader.Number()];
        for (var i = 0; i < resources.Length; i++)
        {
            var (type, url, version, id) = (reader.Text()!, reader.Text()!, reader.Text(), reader.Text());
            var (status, date) = ((PublicationStatus)reader.Number(), reader.Text());
            var entries = reader.Number();
            var names = new Dictionary<string, IReadOnlyList<string>>(entries, StringComparer.Ordinal);
            for (var entry = 0; entry < entries; entry++)
            {
                var name = reader.Text()!;
                var values = new string[reader.Number()];
                for (var value = 0; value < values.Length; value++) values[value] = reader.Text()!;
                names[name] = values;
            }
            var (start, length) = (reader.Long(), reader.Number());
            resources[i] = new(type, url, version, id, status, date, heap.Memory(file, start, length)) { Index = names };
        }
        return resources;
    }
}
