namespace OrleansIdentity.Silo.Hosting;

/// <summary>Where the embedded store keeps its data; section <c>Data</c>.</summary>
public sealed class DataOptions
{
    /// <summary>A folder, absolute or relative to the working directory. Created when it is missing, readable by its owner only.</summary>
    public string Path { get; set; } = "data";

    /// <summary>The folder's full path.</summary>
    public string FullPath => System.IO.Path.GetFullPath(Path);
}
