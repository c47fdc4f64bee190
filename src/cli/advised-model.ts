/** What people without a model server are advised to begin with; the start script and the documentation name the same. */
export const advisedModel = 'unsloth/Devstral-Small-2-24B-Instruct-2512-GGUF:UD-Q4_K_XL';
