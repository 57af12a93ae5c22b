package io.surstream.platformsetup.store;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The sealed form in which MinIO's admin API takes secrets, also where the connection is not encrypted. Of the forms that servers
 * read this is the one for FIPS machines, which the Java runtime knows: the key is PBKDF2-HMAC-SHA256 of the administrator's secret
 * key, and the content one last fragment of a DARE stream under AES-256-GCM.
 *
 * <pre>
 * salt (32 bytes) | 2 | nonce (8 bytes) | ciphertext and tag
 * fragment n is sealed under nonce | n (4 bytes, little endian), with 0x80 for the last one | the tag of nothing under n = 0
 * </pre>
 */
final class AdminCipher {
    private static final int ROUNDS = 8192;
    private static final int SALT = 32;
    private static final int STREAM_NONCE = 8;
    private static final int TAG_BITS = 128;
    private static final byte PBKDF2_AES_GCM = 2;
    private static final byte LAST = (byte) 0x80;
    private static final byte[] NOTHING = {};
    private static final SecureRandom RANDOM = new SecureRandom();

    private AdminCipher() {}

    /**
     * @param secretKey of the account that signs the request
     * @param content up to 16 KiB, the length of a fragment
     */
    static byte[] seal(String secretKey, byte[] content) {
        byte[] salt = random(SALT);
        byte[] nonce = random(STREAM_NONCE);
        try {
            SecretKeySpec key = key(secretKey, salt);
            byte[] head = fragment(key, nonce, 0, NOTHING, NOTHING);
            byte[] bound =
                    ByteBuffer.allocate(1 + head.length).put(LAST).put(head).array();
            ByteArrayOutputStream sealed = new ByteArrayOutputStream();
            sealed.writeBytes(salt);
            sealed.write(PBKDF2_AES_GCM);
            sealed.writeBytes(nonce);
            sealed.writeBytes(fragment(key, nonce, 1, bound, content));
            return sealed.toByteArray();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM cannot encrypt for the store's admin API: " + e.getMessage(), e);
        }
    }

    private static SecretKeySpec key(String secretKey, byte[] salt) throws GeneralSecurityException {
        PBEKeySpec spec = new PBEKeySpec(secretKey.toCharArray(), salt, ROUNDS, 256);
        byte[] bytes = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(spec)
                .getEncoded();
        spec.clearPassword();
        return new SecretKeySpec(bytes, "AES");
    }

    private static byte[] fragment(SecretKeySpec key, byte[] nonce, int number, byte[] bound, byte[] content)
            throws GeneralSecurityException {
        byte[] whole = ByteBuffer.wrap(Arrays.copyOf(nonce, STREAM_NONCE + Integer.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(STREAM_NONCE, number)
                .array();
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, whole));
        cipher.updateAAD(bound);
        return cipher.doFinal(content);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
