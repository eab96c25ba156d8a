/**
 * Object stores that speak S3 (and Google's, which does too): which web address an object has, and who asks for it. Source:
 * Amazon S3's and AWS's documentation. It knows web requests, and no image.
 */
package org.scaledimaging.engine.s3;
