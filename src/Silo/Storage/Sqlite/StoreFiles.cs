namespace OrleansIdentity.Silo.Storage.Sqlite;

/// <summary>The files of the store: for their owner only, and for one process at a time.</summary>
internal static class StoreFiles
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Creates folder and file, and takes the lock, which lives until it is disposed or the process dies, SIGKILL included.</summary>
    /// <exception cref="StoreRefusedException">Another process has the lock.</exception>
    public static FileStream Claim(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        }

        var claim = Lock(path + ".lock");
        using (Open(path, FileShare.ReadWrite))
        {
            // SQLite gives its -wal and -shm files the rights of the database file, which therefore must exist first.
        }

        return claim;
    }

    private static FileStream Lock(string path)
    {
        try
        {
            return Open(path, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new StoreRefusedException(
                $"Another process uses the data ('{path}' is locked). Stop that process, or give this one a folder of its own with --Data:Path.", exception);
        }
    }

    private static FileStream Open(string path, FileShare share)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(path, options);
    }
}
