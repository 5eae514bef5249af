namespace OrleansIdentity.Grains.Store;

/// <summary>The kinds of records. The text is what is stored.</summary>
public static class RecordKinds
{
    /// <summary>A tenant: settings, enable flag, token hashes. Its id is the slug, and so is its tenant.</summary>
    public const string Tenant = "tenant";

    /// <summary>A SCIM user. Its id is a version 7 UUID in lower case.</summary>
    public const string User = "user";

    /// <summary>What is left of a user that was anonymised: its id and when. Its id is the user's.</summary>
    public const string Anonymised = "anonymised";

    /// <summary>A team: the name of a department. Its id is made of tenant and name.</summary>
    public const string Team = "team";

    /// <summary>A SCIM group, without its members. Its id is a version 7 UUID in lower case.</summary>
    public const string Group = "group";

    /// <summary>A further host name and the tenant that it leads to. Its id is the host name in lower case.</summary>
    public const string HostName = "host";

    /// <summary>The check value of the key-encryption key. Exactly one.</summary>
    public const string KeyCheck = "key-check";

    /// <summary>The keys that protect sessions and forms. Exactly one.</summary>
    public const string KeyRing = "key-ring";

    /// <summary>An application of the host product. Its id is the client id.</summary>
    public const string Application = "application";

    /// <summary>That an id that is good once was used. Its id begins with the time from which nobody believes it any more.</summary>
    public const string UsedId = "used-id";

    /// <summary>A sign-in that changed no record; the id is the user's, or <c>unknown</c>.</summary>
    public const string SignIn = "sign-in";

    /// <summary>A call of the operator API that changed no record.</summary>
    public const string Operator = "operator";

    /// <summary>A delivery of an event hook. Its id is a version 7 UUID. It is one of the tenant's <see cref="RecordKey.WorkOf"/>.</summary>
    public const string Hook = "hook";

    /// <summary>A person whose reads came to nothing. Its id is made of the person's. It is one of the tenant's <see cref="RecordKey.WorkOf"/>.</summary>
    public const string Troubled = "hook-trouble";

    /// <summary>A run that compares the tenant's users with Okta. Its id is a version 7 UUID.</summary>
    public const string SyncRun = "sync-run";

    /// <summary>Where a run is: a page that it is through with. It is one of the tenant's <see cref="RecordKey.WorkOf"/>, and goes with the run's end.</summary>
    public const string SyncPage = "sync-page";

    /// <summary>A part of a run's drift report. It is one of the tenant's <see cref="RecordKey.WorkOf"/>, and goes with the run.</summary>
    public const string SyncDrift = "sync-drift";
}
