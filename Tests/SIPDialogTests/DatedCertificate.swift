/// A certificate whose time is over, or has not begun.
enum DatedCertificate: String, Sendable, CaseIterable {
  /// 2020.
  case past
  /// 2090.
  case ahead

  /// It, and its key.
  var text: String {
    let certificate =
      switch self {
      case .past: Self.ofThePast
      case .ahead: Self.ofTheFuture
      }
    return certificate + "\n" + Self.key
  }

  private static let key = """
    -----BEGIN PRIVATE KEY-----
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgTQcpqMWfszLZ3kFm
    7xOMrk7s2h/aNjxKWDmwN+W75iOhRANCAAQ3T2l+qhamXUoJzPI9kwJwuGxD5kYn
    mgqstgpduw+EGLNzmCPE6hcbtr/oh0k6ph04Cd6OYXfjTKIjVq2MA31h
    -----END PRIVATE KEY-----
    """

  private static let ofThePast = """
    -----BEGIN CERTIFICATE-----
    MIIBUzCB+qADAgECAgEFMAoGCCqGSM49BAMCMBQxEjAQBgNVBAMMCWxvY2FsaG9z
    dDAeFw0yMDAxMDEwMDAwMDBaFw0yMTAxMDEwMDAwMDBaMBQxEjAQBgNVBAMMCWxv
    Y2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABDdPaX6qFqZdSgnM8j2T
    AnC4bEPmRieaCqy2Cl27D4QYs3OYI8TqFxu2v+iHSTqmHTgJ3o5hd+NMoiNWrYwD
    fWGjPTA7MBoGA1UdEQQTMBGCCWxvY2FsaG9zdIcEfwAAATAdBgNVHQ4EFgQU82vK
    5sWETN3iEM01hEtY+SQLbVYwCgYIKoZIzj0EAwIDSAAwRQIgCg+avPtB5GTMw+HB
    R38YtywrYVzQVsjKDzxZWeY/T/ACIQDZG9dciF5LJlMi1uG+6rARFMMASftz04ut
    pWA9QRqD5w==
    -----END CERTIFICATE-----
    """

  private static let ofTheFuture = """
    -----BEGIN CERTIFICATE-----
    MIIBWDCB/qADAgECAgEGMAoGCCqGSM49BAMCMBQxEjAQBgNVBAMMCWxvY2FsaG9z
    dDAiGA8yMDkwMDEwMTAwMDAwMFoYDzIwOTEwMTAxMDAwMDAwWjAUMRIwEAYDVQQD
    DAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQ3T2l+qhamXUoJ
    zPI9kwJwuGxD5kYnmgqstgpduw+EGLNzmCPE6hcbtr/oh0k6ph04Cd6OYXfjTKIj
    Vq2MA31hoz0wOzAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwHQYDVR0OBBYE
    FPNryubFhEzd4hDNNYRLWPkkC21WMAoGCCqGSM49BAMCA0kAMEYCIQCMTXj3Ffx1
    YXl4uMcyYUYMFw2tQk/ym1fMBMm+412IMAIhAMQaHOKREYqmNQM/2UJkVdLcsT7e
    ycdzhLVs+Jo5ezAX
    -----END CERTIFICATE-----
    """
}
