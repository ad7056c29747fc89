// SPDX-License-Identifier: Apache-2.0
#include "practice/pebble_configuration.h"

#include "support/test_program.h"

#include <QJsonArray>
#include <QSet>
#include <QTest>

namespace tst_pebble_configuration {

using practice::PebbleOptions;
using practice::PebblePorts;
using namespace Qt::StringLiterals;

namespace {

QJsonObject configuration(const PebbleOptions& options)
{
    const PebblePorts ports {14000, 15000, 5002, 5001, 8053, 8055};
    const practice::PracticeTls tls {{}, {}, u"/tls/cert.pem"_s, u"/tls/key.pem"_s};
    return pebbleConfiguration(options, ports, tls).value("pebble"_L1).toObject();
}

} // namespace

// The expected keys are those of the examples that the Debian packages of pebble 2.4 and 2.10 install.
class TestPebbleConfiguration : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void listensOnLoopbackOnly();
    void writesBindingsBlocklistAndRetryAfter();
    void writesProfiles();
    void writesValidityForOldAndNewVersions();
    void leavesProfilesToPebble();
    void tellsTheEnvironment();
    void sleepsOnlyWhenAsked();
    void takesSixDifferentPorts();
};

void TestPebbleConfiguration::listensOnLoopbackOnly()
{
    const QJsonObject json = configuration({});
    QCOMPARE(json.value("listenAddress"_L1).toString(), u"127.0.0.1:14000"_s);
    QCOMPARE(json.value("managementListenAddress"_L1).toString(), u"127.0.0.1:15000"_s);
    QCOMPARE(json.value("httpPort"_L1).toInt(), 5002);
    QCOMPARE(json.value("tlsPort"_L1).toInt(), 5001);
    QCOMPARE(json.value("certificate"_L1).toString(), u"/tls/cert.pem"_s);
    QCOMPARE(json.value("privateKey"_L1).toString(), u"/tls/key.pem"_s);
}

void TestPebbleConfiguration::writesBindingsBlocklistAndRetryAfter()
{
    PebbleOptions options;
    options.eabRequired = true;
    options.eabKeys = {{u"kid-1"_s, u"bWFj"_s}};
    options.blocklist = {u"blocked.example"_s};
    options.retryAfterAuthorization = 1;
    options.retryAfterOrder = 2;
    const QJsonObject json = configuration(options);
    QCOMPARE(json.value("externalAccountBindingRequired"_L1).toBool(), true);
    QCOMPARE(json.value("externalAccountMACKeys"_L1).toObject(), (QJsonObject {{u"kid-1"_s, u"bWFj"_s}}));
    QCOMPARE(json.value("domainBlocklist"_L1).toArray(), QJsonArray {u"blocked.example"_s});
    QCOMPARE(json.value("retryAfter"_L1).toObject(), (QJsonObject {{u"authz"_s, 1}, {u"order"_s, 2}}));
}

void TestPebbleConfiguration::writesProfiles()
{
    PebbleOptions options;
    options.profiles = {{u"shortlived"_s, {u"Six days"_s, 518400}}};
    const QJsonObject profile {{u"description"_s, u"Six days"_s}, {u"validityPeriod"_s, 518400}};
    QCOMPARE(configuration(options).value("profiles"_L1).toObject(), (QJsonObject {{u"shortlived"_s, profile}}));
}

void TestPebbleConfiguration::writesValidityForOldAndNewVersions()
{
    PebbleOptions options;
    options.certificateValiditySeconds = 3600;
    const QJsonObject json = configuration(options);
    QCOMPARE(json.value("certificateValidityPeriod"_L1).toInt(), 3600);
    const QJsonObject profile = json.value("profiles"_L1).toObject().value("default"_L1).toObject();
    QCOMPARE(profile.value("validityPeriod"_L1).toInt(), 3600);
}

void TestPebbleConfiguration::leavesProfilesToPebble()
{
    QVERIFY(!configuration({}).contains("profiles"_L1));
    QVERIFY(!configuration({}).contains("certificateValidityPeriod"_L1));
}

void TestPebbleConfiguration::tellsTheEnvironment()
{
    PebbleOptions options;
    options.nonceReject = 50;
    options.authzReuse = 100;
    options.extraEnvironment = {u"PEBBLE_CHAIN_LENGTH=3"_s, u"ODD=a=b"_s};
    QProcessEnvironment inherited;
    inherited.insert(u"HOME"_s, u"/home/somebody"_s);
    const auto environment = pebbleEnvironment(options, inherited);
    QCOMPARE(environment.value(u"PEBBLE_WFE_NONCEREJECT"_s), u"50"_s);
    QCOMPARE(environment.value(u"PEBBLE_AUTHZREUSE"_s), u"100"_s);
    QCOMPARE(environment.value(u"PEBBLE_CHAIN_LENGTH"_s), u"3"_s);
    QCOMPARE(environment.value(u"ODD"_s), u"a=b"_s);
    QCOMPARE(environment.value(u"HOME"_s), u"/home/somebody"_s);
}

void TestPebbleConfiguration::sleepsOnlyWhenAsked()
{
    PebbleOptions options;
    QCOMPARE(pebbleEnvironment(options, {}).value(u"PEBBLE_VA_NOSLEEP"_s), u"1"_s);
    options.noSleep = false;
    QProcessEnvironment inherited;
    inherited.insert(u"PEBBLE_VA_NOSLEEP"_s, u"1"_s);
    QVERIFY(!pebbleEnvironment(options, inherited).contains(u"PEBBLE_VA_NOSLEEP"_s));
}

void TestPebbleConfiguration::takesSixDifferentPorts()
{
    const PebblePorts ports = practice::freePorts({});
    const QSet<quint16> different {ports.directory, ports.management, ports.http,
                                   ports.tls,       ports.dns,        ports.dnsManagement};
    QCOMPARE(different.size(), 6);
    QVERIFY(!different.contains(0));
    PebbleOptions options;
    options.port = 14000;
    options.httpPort = 5002;
    options.tlsPort = 5001;
    QCOMPARE(practice::freePorts(options).directory, quint16(14000));
    QCOMPARE(practice::freePorts(options).http, quint16(5002));
    QCOMPARE(practice::freePorts(options).tls, quint16(5001));
}

SEALWRIGHT_TEST(TestPebbleConfiguration)

} // namespace tst_pebble_configuration

#include "tst_pebble_configuration.moc"
