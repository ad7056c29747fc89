<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>ui::AccountDetail</name>
    <message numerus="yes">
        <source>%n certificate(s) will no longer renew: </source>
        <translation>
            <numerusform>%n certificate will no longer renew: </numerusform>
            <numerusform>%n certificates will no longer renew: </numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unfinished order(s) will fail.</source>
        <translation>
            <numerusform>%n unfinished order will fail.</numerusform>
            <numerusform>%n unfinished orders will fail.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::AccountOrdersList</name>
    <message numerus="yes">
        <source>%n order(s)</source>
        <translation>
            <numerusform>%n order</numerusform>
            <numerusform>%n orders</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::AccountsScreen</name>
    <message numerus="yes">
        <source>%n account(s) imported.</source>
        <translation>
            <numerusform>%n account imported.</numerusform>
            <numerusform>%n accounts imported.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ActivityScreen</name>
    <message numerus="yes">
        <source>%n event(s) read</source>
        <translation>
            <numerusform>%n event read</numerusform>
            <numerusform>%n events read</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::BulkRegistrationPage</name>
    <message numerus="yes">
        <source>%n credential(s) get an account each, with a key of its own. Stopping or repeating it is safe: what is bound stays, what was not answered is resumed with the same key.</source>
        <translation>
            <numerusform>%n credential gets an account, with a key of its own. Stopping or repeating it is safe: what is bound stays, what was not answered is resumed with the same key.</numerusform>
            <numerusform>%n credentials get an account each, with a key of its own. Stopping or repeating it is safe: what is bound stays, what was not answered is resumed with the same key.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::CertificateWords</name>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>… and %n more</numerusform>
            <numerusform>… and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::CertificatesScreen</name>
    <message numerus="yes">
        <source>%n certificate(s)</source>
        <translation>
            <numerusform>%n certificate</numerusform>
            <numerusform>%n certificates</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Tags of %n certificate(s) changed.</source>
        <translation>
            <numerusform>Tags of %n certificate changed.</numerusform>
            <numerusform>Tags of %n certificates changed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::CredentialForm</name>
    <message numerus="yes">
        <source>The key was decoded to %n byte(s), and these look base64-encoded once more. Some tools print keys so; a wrong guess makes the authority refuse the credential.</source>
        <translation>
            <numerusform>The key was decoded to %n byte, and these look base64-encoded once more. Some tools print keys so; a wrong guess makes the authority refuse the credential.</numerusform>
            <numerusform>The key was decoded to %n bytes, and these look base64-encoded once more. Some tools print keys so; a wrong guess makes the authority refuse the credential.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::CredentialImportPage</name>
    <message numerus="yes">
        <source>%n credential(s) are in the vault. “%1” still has their keys in the clear: delete it.</source>
        <translation>
            <numerusform>%n credential is in the vault. “%1” still has its key in the clear: delete it.</numerusform>
            <numerusform>%n credentials are in the vault. “%1” still has their keys in the clear: delete it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::DateText</name>
    <message numerus="yes">
        <source>%n second(s)</source>
        <translation>
            <numerusform>%n second</numerusform>
            <numerusform>%n seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n hour</numerusform>
            <numerusform>%n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n year(s)</source>
        <translation>
            <numerusform>%n year</numerusform>
            <numerusform>%n years</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::EabWords</name>
    <message numerus="yes">
        <source>Unused, it expires after %n day(s).</source>
        <translation>
            <numerusform>Unused, it expires after %n day.</numerusform>
            <numerusform>Unused, it expires after %n days.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ImportForm</name>
    <message numerus="yes">
        <source>%n account(s) imported. The list says what became of the others.</source>
        <translation>
            <numerusform>%n account imported. The list says what became of the others.</numerusform>
            <numerusform>%n accounts imported. The list says what became of the others.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::NameCheck</name>
    <message numerus="yes">
        <source>Looking… %n finding(s) so far.</source>
        <translation>
            <numerusform>Looking… %n finding so far.</numerusform>
            <numerusform>Looking… %n findings so far.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::NameWarnings</name>
    <message numerus="yes">
        <source>The same goes for %n more name(s).</source>
        <translation>
            <numerusform>The same goes for %n more name.</numerusform>
            <numerusform>The same goes for %n more names.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::OrderPage</name>
    <message numerus="yes">
        <source>%n authorization(s) are deactivated.</source>
        <translation>
            <numerusform>%n authorization is deactivated.</numerusform>
            <numerusform>%n authorizations are deactivated.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::PersistPage</name>
    <message numerus="yes">
        <source>%n record(s) put in place with %1. They stay there and are watched.</source>
        <translation>
            <numerusform>%n record put in place with %1. It stays there and is watched.</numerusform>
            <numerusform>%n records put in place with %1. They stay there and are watched.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) copied.</source>
        <translation>
            <numerusform>%n record copied.</numerusform>
            <numerusform>%n records copied.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) will be taken out of DNS with %1: orders that they prove fail from then on.</source>
        <translation>
            <numerusform>%n record will be taken out of DNS with %1: orders that it proves fail from then on.</numerusform>
            <numerusform>%n records will be taken out of DNS with %1: orders that they prove fail from then on.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) taken out of DNS.</source>
        <translation>
            <numerusform>%n record taken out of DNS.</numerusform>
            <numerusform>%n records taken out of DNS.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ProofWords</name>
    <message numerus="yes">
        <source>%n more would not work either.</source>
        <translation>
            <numerusform>%n more would not work either.</numerusform>
            <numerusform>%n more would not work either.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::SettingsScreen</name>
    <message numerus="yes">
        <source>%n passphrase(s)</source>
        <translation>
            <numerusform>%n passphrase</numerusform>
            <numerusform>%n passphrases</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::TrayIcon</name>
    <message numerus="yes">
        <source>Renewing %n certificate(s).</source>
        <translation>
            <numerusform>Renewing %n certificate.</numerusform>
            <numerusform>Renewing %n certificates.</numerusform>
        </translation>
    </message>
</context>
</TS>
