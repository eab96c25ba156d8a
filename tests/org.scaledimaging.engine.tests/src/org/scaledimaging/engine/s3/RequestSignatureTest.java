package org.scaledimaging.engine.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Signatures are those of Amazon's documentation. */
class RequestSignatureTest {
    /** Of "Examples: Signature Calculations" in the Amazon S3 API reference; no one's keys. */
    private static final Credentials EXAMPLE =
            new Credentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", Optional.empty());

    private static final Instant TIME = Instant.parse("2013-05-24T00:00:00Z");

    @Test
    void theDocumentedExampleHasTheDocumentedSignature() {
        Map<String, String> headers = RequestSignature.headers(
                URI.create("https://examplebucket.s3.amazonaws.com/test.txt"),
                "GET",
                Map.of("Range", "bytes=0-9"),
                EXAMPLE,
                "us-east-1",
                TIME);
        assertEquals(
                "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                        + "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
                        + "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
                headers.get("Authorization"));
        assertEquals("20130524T000000Z", headers.get("x-amz-date"));
    }

    @Test
    void keysAreEncodedByteByByte() {
        assertEquals("/my%20brain%2B%C3%A9/0.4~_-/%25%3F%23", RequestSignature.encoded("/my brain+é/0.4~_-/%?#"));
    }

    @Test
    void credentialsAreNeverShown() {
        assertFalse(EXAMPLE.toString().contains("AKIA") || EXAMPLE.toString().contains("wJal"));
    }
}
