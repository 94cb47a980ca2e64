public import RequestPlanning
public import RunStore

extension RunStore {
  /// The rates that the user's own runs have taught about a service; none when nothing was learnt.
  ///
  /// - Parameter service: The service's host name; `nil` for what only plays a service.
  public func rates(of service: String?) throws(RunStoreError) -> LearnedRates {
    guard let service else { return LearnedRates() }
    return try learnedRates(of: service).map(LearnedRates.init(json:)) ?? LearnedRates()
  }

  /// Adds what finished requests teach about a service.
  ///
  /// - Parameter service: The service's host name; from what only plays a service nothing is learnt.
  public func learn(
    _ observations: [RunObservation],
    of service: String?,
    catalog: ModelCatalog
  ) throws(RunStoreError) {
    guard let service, !observations.isEmpty else { return }
    try updateLearnedRates(of: service) { known in
      var rates = known.map(LearnedRates.init(json:)) ?? LearnedRates()
      for observation in observations { rates.learn(observation, catalog: catalog) }
      return rates.json
    }
  }
}
