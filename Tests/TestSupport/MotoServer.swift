public import Foundation
internal import OrderedJSON

/// S3 as `moto` plays it, on this machine: it checks signatures as botocore makes them.
///
/// It is started when it is first asked for and ends with the process of the tests, however that ends.
public final class MotoServer: @unchecked Sendable {  // all of it is constant
  /// Why there is none.
  public struct Failure: Error, CustomStringConvertible {
    /// What is missing.
    public let description: String
  }

  private static let python = SharedFixtures.projectRoot.appending(path: ".venv/bin/python").path

  /// Whether `.ci/setup` has installed it.
  public static let isInstalled: Bool = {
    let folder = SharedFixtures.projectRoot.appending(path: ".venv/lib").path
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return versions.contains {
      FileManager.default.fileExists(atPath: "\(folder)/\($0)/site-packages/moto/server.py")
    }
  }()

  /// The server of this process.
  public static func shared() throws -> MotoServer { try one.get() }

  private static let one = Result { try MotoServer() }

  /// Where it is.
  public let endpoint: String
  /// The variables by which AWS's own tools find it and its key, which may do everything in S3.
  public let environment: [String: String]
  /// The same with a key that lasts an hour and needs a session token.
  public let lasting: [String: String]
  /// The same with a key that may do nothing.
  public let powerless: [String: String]
  private let life: Pipe

  /// Serves until nobody holds the other end of its standard input.
  ///
  /// What moto takes before it checks who
  /// asks are the calls that make who may ask.
  private static let script = """
    import json, os, sys
    os.environ["INITIAL_NO_AUTH_ACTION_COUNT"] = "8"
    os.environ["AWS_EC2_METADATA_DISABLED"] = "true"
    import logging
    logging.disable(logging.CRITICAL)
    import boto3
    from moto.server import ThreadedMotoServer
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    place = {"endpoint_url": f"http://127.0.0.1:{port}", "region_name": "eu-central-1",
             "aws_access_key_id": "x", "aws_secret_access_key": "x"}
    iam, sts = boto3.client("iam", **place), boto3.client("sts", **place)
    allow = json.dumps({"Version": "2012-10-17",
                        "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}})
    trust = json.dumps({"Version": "2012-10-17", "Statement": {"Effect": "Allow",
                        "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}})
    iam.create_user(UserName="archive")
    iam.put_user_policy(UserName="archive", PolicyName="all", PolicyDocument=allow)
    iam.create_user(UserName="nobody")
    keys = [iam.create_access_key(UserName=n)["AccessKey"] for n in ("archive", "nobody")]
    role = iam.create_role(RoleName="role", AssumeRolePolicyDocument=trust)["Role"]["Arn"]
    iam.put_role_policy(RoleName="role", PolicyName="all", PolicyDocument=allow)
    lent = sts.assume_role(RoleArn=role, RoleSessionName="session")["Credentials"]
    print(json.dumps({"port": port, "keys": [
        [k["AccessKeyId"], k["SecretAccessKey"], k.get("SessionToken")] for k in keys + [lent]]}),
        flush=True)
    sys.stdin.read()
    os._exit(0)
    """

  private init() throws {
    guard Self.isInstalled else { throw Failure(description: "moto is not installed") }
    life = Pipe()
    let output = Pipe()
    let process = Process()
    process.executableURL = URL(filePath: Self.python)
    process.arguments = ["-c", Self.script]
    process.standardInput = life
    process.standardOutput = output
    try process.run()
    let line = output.fileHandleForReading.availableData
    guard let value = try? JSONValue(parsing: Array(line)), let port = value["port"]?.int else {
      throw Failure(description: "moto does not start")
    }
    let endpoint = "http://127.0.0.1:\(port)"
    self.endpoint = endpoint
    func variables(_ number: Int) -> [String: String] {
      let key = value["keys"]?[number]
      return [
        "AWS_ENDPOINT_URL_S3": endpoint, "AWS_REGION": "eu-central-1",
        "AWS_ACCESS_KEY_ID": key?[0]?.string ?? "", "AWS_SECRET_ACCESS_KEY": key?[1]?.string ?? "",
        "AWS_SESSION_TOKEN": key?[2]?.string ?? "",
      ]
    }
    (environment, powerless, lasting) = (variables(0), variables(1), variables(2))
  }

  /// Makes a bucket of its own, with what is in it, by AWS's own library.
  ///
  /// - Parameters:
  ///   - objects: The contents by their keys.
  ///   - region: Where the bucket is.
  public func newBucket(
    _ objects: [String: [UInt8]] = [:],
    in region: String = "eu-central-1"
  ) throws -> String {
    let bucket = "b" + UUID().uuidString.lowercased()
    let made = try call(
      "s3.create_bucket(Bucket=b, CreateBucketConfiguration={'LocationConstraint': a[0]})",
      bucket,
      [region]
    )
    guard made != nil else { throw Failure(description: "no bucket could be made") }
    for (key, bytes) in objects { try put(bytes, at: key, in: bucket) }
    return bucket
  }

  /// Puts an object into a bucket.
  public func put(_ bytes: [UInt8], at key: String, in bucket: String) throws {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    _ = try call(
      "s3.put_object(Bucket=b, Key=a[0], Body=open(a[1], 'rb'))",
      bucket,
      [key, file.path]
    )
  }

  /// The contents of an object; `nil` when there is none.
  public func contents(of key: String, in bucket: String) throws -> Data? {
    try call(
      "sys.stdout.buffer.write(s3.get_object(Bucket=b, Key=a[0])['Body'].read())",
      bucket,
      [key]
    )
  }

  /// The keys of a bucket.
  public func keys(in bucket: String) throws -> [String] {
    let code =
      "print(*[o['Key'] for o in s3.list_objects_v2(Bucket=b).get('Contents', [])], sep='\\n')"
    let text = try call(code, bucket, []).map { String(decoding: $0, as: UTF8.self) } ?? ""
    return text.split(separator: "\n").map(String.init)
  }

  private func call(_ code: String, _ bucket: String, _ arguments: [String]) throws -> Data? {
    let process = Process()
    process.executableURL = URL(filePath: Self.python)
    let setting = "import sys, boto3; s3 = boto3.client('s3'); b, *a = sys.argv[1:]; "
    process.arguments = ["-c", setting + code, bucket] + arguments
    process.environment = environment.merging(["AWS_EC2_METADATA_DISABLED": "true"]) { $1 }
      .filter { !$0.value.isEmpty }
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? data : nil
  }
}
